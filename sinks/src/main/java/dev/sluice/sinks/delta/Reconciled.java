package dev.sluice.sinks.delta;

import dev.sluice.sinks.direct.DirectCommit;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Holds the difference that a batch makes to the stored rows of a dataset. Once the difference is computed, several
 * threads may read it until {@link #release}.
 */
interface Reconciled {

    /**
     * What became of the dataset's changes.
     *
     * @param applied changes that were new
     * @param duplicate changes that were known
     * @param parked changes that wait for a predecessor
     * @param rows rows for the table
     * @param touching how many of these replace or remove stored ones
     * @param latent events to remember
     */
    record ChangeTally(long applied, long duplicate, long parked, long rows, long touching, long latent)
            implements Serializable {
        static final ChangeTally NONE = new ChangeTally(0, 0, 0, 0, 0, 0);

        ChangeTally plus(ChangeTally other) {
            return new ChangeTally(
                    applied + other.applied,
                    duplicate + other.duplicate,
                    parked + other.parked,
                    rows + other.rows,
                    touching + other.touching,
                    latent + other.latent);
        }
    }

    ChangeTally tally();

    /** Rows for the table: versions to write, and removals. */
    Dataset<Row> rows(SparkSession session);

    /** Rows for the table of latent events. */
    Dataset<Row> latent(SparkSession session);

    /** The rows for the table of latent events when they are on the driver. */
    default Optional<List<Row>> latentRows() {
        return Optional.empty();
    }

    /** How the rows are written without Spark, as one commit with a stamp; empty when they are not. */
    default Optional<ToLongFunction<DirectCommit.Stamp>> direct() {
        return Optional.empty();
    }

    /** Gives back what is kept in memory. */
    void release();
}
