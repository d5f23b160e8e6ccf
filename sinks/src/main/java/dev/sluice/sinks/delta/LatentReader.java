package dev.sluice.sinks.delta;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.commit.TableWriter;
import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.intake.IntakeRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What was remembered before a batch. What the batch itself wrote in an earlier run that did not end is not seen, so that a
 * replay computes the same difference.
 */
final class LatentReader {

    private static final StructType KEYS =
            new StructType().add("d", DataTypes.StringType).add("k", DataTypes.StringType);

    private final SparkSession session;
    private final Lake lake;
    private final BatchId batch;
    private final boolean exists;
    private final Map<String, List<Row>> collected = new HashMap<>();

    LatentReader(SparkSession session, Lake lake, TableWriter writer, BatchId batch) {
        this.session = session;
        this.lake = lake;
        this.batch = batch;
        this.exists = writer.log(LatentWriter.target(lake)).exists();
    }

    /** Reads the truncates of those datasets, and the events of those keys when the rows are on the driver. */
    LatentReader collect(Collection<String> datasets, BatchFrame frame) {
        if (!exists || datasets.isEmpty()) {
            return this;
        }
        Set<Row> keys = new HashSet<>();
        for (String dataset : datasets) {
            keys.add(RowFactory.create(dataset, null));
            if (frame.isLocal()) {
                frame.collect(dataset, IntakeRows.CHANGE)
                        .forEach(row -> keys.add(RowFactory.create(dataset, row.getString(IntakeRows.KEY))));
            }
        }
        Dataset<Row> wanted = broadcast(session.createDataFrame(new ArrayList<>(keys), KEYS));
        Dataset<Row> rows = before().join(
                        wanted,
                        col("dataset").equalTo(wanted.col("d")).and(col("key").eqNullSafe(wanted.col("k"))),
                        "left_semi");
        rows.collectAsList().forEach(row -> collected
                .computeIfAbsent(row.getString(LatentTable.DATASET), d -> new ArrayList<>())
                .add(row));
        return this;
    }

    /** The truncates of a dataset. */
    List<Event> truncates(String dataset) {
        return collected.getOrDefault(dataset, List.of()).stream()
                .filter(row -> row.isNullAt(LatentTable.KEY))
                .map(LatentTable::event)
                .toList();
    }

    /** The collected events of the keys of a dataset. */
    List<Row> events(String dataset) {
        return collected.getOrDefault(dataset, List.of()).stream()
                .filter(row -> !row.isNullAt(LatentTable.KEY))
                .toList();
    }

    /** The events of those keys of a dataset. */
    Dataset<Row> events(String dataset, Dataset<Row> keys) {
        if (!exists) {
            return session.createDataFrame(List.of(), LatentTable.SCHEMA);
        }
        return before().filter(col("dataset").equalTo(lit(dataset)))
                .join(keys, col("key").equalTo(keys.col(keys.columns()[0])), "left_semi");
    }

    private Dataset<Row> before() {
        return LatentTable.of(session, lake.location(Lake.LATENT), lake.consumer())
                .filter(col("written_by").notEqual(batch.text()));
    }
}
