package dev.sluice.deploy.gateway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far the recorded batches have read, per partition. Safe for use by many threads. */
final class Progress {

    private final Map<String, Long> until = new ConcurrentHashMap<>();

    /** Notes the end offsets of a batch that is in the ledger. */
    void recorded(Map<String, Long> ends) {
        ends.forEach((partition, end) -> until.merge(partition, end, Math::max));
    }

    /** Records before these end offsets that no recorded batch has read yet. */
    long missing(Map<String, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(e -> Math.max(0, e.getValue() - until.getOrDefault(e.getKey(), 0L)))
                .sum();
    }

    /** Whether every one of these end offsets has been reached; partitions without records do not count. */
    boolean reached(Map<String, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(e -> e.getValue() == 0 || until.getOrDefault(e.getKey(), 0L) >= e.getValue());
    }
}
