package dev.sluice.deploy.gateway;

import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourceRange;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far the recorded batches have read, per partition. Safe for use by many threads. */
final class Progress {

    private final Map<String, Long> until = new ConcurrentHashMap<>();

    /** Notes a batch that is in the ledger. */
    void recorded(Receipt receipt) {
        for (SourceRange range : receipt.ranges()) {
            until.merge(range.topic() + "/" + range.partition(), range.until(), Math::max);
        }
    }

    /** Whether every one of these end offsets has been reached; partitions without records do not count. */
    boolean reached(Map<String, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(e -> e.getValue() == 0 || until.getOrDefault(e.getKey(), 0L) >= e.getValue());
    }
}
