package dev.sluice.sinks.delta;

import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Line;
import dev.sluice.sinks.deadletter.OpenLetters;
import dev.sluice.sinks.history.MissingEvent;
import dev.sluice.sinks.intake.BatchSummary;
import dev.sluice.sinks.intake.GuardedIntake;
import dev.sluice.sinks.intake.IntakeRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rows of a batch after the line. The rows are kept, on the driver when they are few, because every action on
 * a Spark frame would read Kafka and run the line again.
 */
final class BatchFrame implements AutoCloseable {

    private final Dataset<Row> frame;
    private final BatchSummary summary;
    private final @Nullable List<Row> local;
    private final Map<String, List<MissingEvent>> missing = new HashMap<>();
    private final Set<LatentReader.TopicKey> freed = new HashSet<>();

    private BatchFrame(Dataset<Row> frame, BatchSummary summary, @Nullable List<Row> local) {
        this.frame = frame;
        this.summary = summary;
        this.local = local;
    }

    /** Reads the batch; keeps its rows on the driver when they are at most {@code driverRows}. */
    static BatchFrame read(Dataset<Row> kafka, Line line, BatchPlan batch, int driverRows) {
        Dataset<Row> frame = GuardedIntake.rows(kafka, line, batch).persist();
        List<Row> head = frame.limit(driverRows + 1).collectAsList();
        BatchSummary summary = new BatchSummary();
        if (head.size() <= driverRows) {
            head.forEach(summary::add);
            return new BatchFrame(frame, summary, head);
        }
        MapPartitionsFunction<Row, BatchSummary> summarize = BatchFrame::summarize;
        frame.mapPartitions(summarize, Encoders.javaSerialization(BatchSummary.class))
                .collectAsList()
                .forEach(summary::add);
        return new BatchFrame(frame, summary, null);
    }

    private static Iterator<BatchSummary> summarize(Iterator<Row> rows) {
        BatchSummary part = new BatchSummary();
        rows.forEachRemaining(part::add);
        return List.of(part).iterator();
    }

    BatchSummary summary() {
        return summary;
    }

    /** Whether the rows are on the driver. */
    boolean isLocal() {
        return local != null;
    }

    /**
     * Returns the rows of one kind of one dataset, on the driver. For a batch of few rows, or for a kind that few rows
     * of a batch have.
     */
    List<Row> collect(String dataset, String kind) {
        if (local == null) {
            return of(dataset, kind).collectAsList();
        }
        List<Row> rows = new ArrayList<>();
        for (Row row : local) {
            if (kind.equals(row.getString(IntakeRows.KIND)) && dataset.equals(row.getString(IntakeRows.DATASET))) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** The rows of one kind of one dataset as a frame. */
    Dataset<Row> of(String dataset, String kind) {
        return frame.filter(functions.col("kind").equalTo(kind))
                .filter(functions.col("dataset").equalTo(dataset));
    }

    /** The dead letters of all topics, on the driver. */
    List<Row> deadLetters() {
        if (local == null) {
            return frame.filter(functions.col("kind").equalTo(IntakeRows.DEAD)).collectAsList();
        }
        return local.stream()
                .filter(row -> IntakeRows.DEAD.equals(row.getString(IntakeRows.KIND)))
                .toList();
    }

    /**
     * Adds the events that are dead letters: those of earlier batches that are still open, and those of this batch. The
     * letters of the plan that are not open any more free what is parked behind them.
     */
    BatchFrame knowing(OpenLetters earlier, BatchPlan batch) {
        earlier.forEach((topic, key, event) -> missing(key, event));
        earlier.forEachClosed(batch.letters(), (topic, key, event) -> freed.add(new LatentReader.TopicKey(topic, key)));
        if (summary.deadLetters() > 0) {
            for (Row row : deadLetters()) {
                if (!row.isNullAt(IntakeRows.KEY)) {
                    MissingEvent event = new MissingEvent(IntakeRows.origin(row));
                    missing(row.getString(IntakeRows.KEY), event);
                }
            }
        }
        return this;
    }

    private void missing(String key, MissingEvent event) {
        missing.computeIfAbsent(key, k -> new ArrayList<>()).add(event);
    }

    /**
     * The events that are dead letters, by key, of all topics: a topic need not have the name of its dataset, and an
     * event of another topic stands before nothing.
     */
    Map<String, List<MissingEvent>> missing() {
        return missing;
    }

    /** The keys behind whose dead letter parked events are to be looked at. */
    Set<LatentReader.TopicKey> freed() {
        return freed;
    }

    @Override
    public void close() {
        frame.unpersist();
    }
}
