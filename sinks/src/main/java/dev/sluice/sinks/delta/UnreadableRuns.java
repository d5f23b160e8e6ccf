package dev.sluice.sinks.delta;

import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.intake.BatchSummary;
import dev.sluice.sinks.intake.BatchSummary.Unreadable;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts for each topic the records in a row that cannot be read for one reason of the whole topic, also over small
 * batches. A few of them are stray records and become dead letters; more of them are a fault of the topic. One object
 * serves all sinks of a gateway; not thread-safe.
 */
final class UnreadableRuns {

    /** Fewer may be stray records. */
    static final int LEAST = 3;

    private final Map<String, Unreadable> runs = new HashMap<>();

    /**
     * Refuses with {@code SNK-021} a batch that makes a run too long. A batch that holds a readable record of the topic
     * ends the run and is accepted.
     */
    void require(BatchSummary batch) {
        batch.unreadable().forEach((topic, found) -> {
            Unreadable run = run(topic, found);
            if (run.records() >= LEAST) {
                throw SinkErrors.unreadable(topic, run.records(), run.code(), run.detail());
            }
        });
    }

    /** Notes that the batch was written. */
    void written(BatchSummary batch) {
        batch.readable().forEach(runs::remove);
        batch.unreadable().forEach((topic, found) -> runs.put(topic, run(topic, found)));
    }

    private Unreadable run(String topic, Unreadable found) {
        return found.plus(runs.get(topic));
    }
}
