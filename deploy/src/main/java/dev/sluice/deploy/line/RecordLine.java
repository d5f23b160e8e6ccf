package dev.sluice.deploy.line;

import dev.sluice.cdc.event.RawRecord;
import dev.sluice.masking.Guarded;
import dev.sluice.sinks.Line;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Carries the opened stages to Spark's tasks as a broadcast. A task in this process gets the gateway's own {@link
 * Stages}, so an erasure reaches the keys that the task holds. A task in another process has no access to those keys
 * and is refused with {@code DEP-310}.
 */
public final class RecordLine implements Line {

    private static final long serialVersionUID = 1L;

    private final Broadcast<Stages> stages;
    private final boolean sealed;

    private RecordLine(Broadcast<Stages> stages, boolean sealed) {
        this.stages = stages;
        this.sealed = sealed;
    }

    /** The line over these stages for the tasks of that session. The stages must stay open while batches run. */
    public static RecordLine over(SparkSession spark, Stages stages) {
        Broadcast<Stages> broadcast =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(stages);
        return new RecordLine(broadcast, false);
    }

    /**
     * The same line for dead letters: the value of each record is the sealed payload. The record is opened inside the
     * task, so that clear text is in no Spark row.
     */
    public RecordLine ofLetters() {
        return new RecordLine(stages, true);
    }

    @Override
    public List<Guarded> guard(List<RawRecord> chunk) {
        Stages opened = stages.value();
        return sealed ? opened.guardSealed(chunk) : opened.guard(chunk);
    }
}
