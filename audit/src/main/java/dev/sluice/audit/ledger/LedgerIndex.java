package dev.sluice.audit.ledger;

import dev.sluice.audit.event.BatchAbandoned;
import dev.sluice.audit.event.BatchContinued;
import dev.sluice.audit.event.BatchRecorded;
import dev.sluice.audit.event.LedgerEvent;
import dev.sluice.audit.event.PolicyActivated;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the leaves of batches and plans, and how far batches have read. Every start builds the index anew from the
 * leaves. Not thread-safe.
 */
final class LedgerIndex {
    private final Map<BatchId, Long> batches = new HashMap<>();
    private final Map<String, List<Long>> plans = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<SourcePartition, Long> positions = new HashMap<>();

    /** Adds the leaf of an event; of a batch that is recorded twice, the index keeps the first leaf. */
    void add(long leaf, LedgerEvent event) {
        if (event instanceof BatchRecorded batch) {
            batches.putIfAbsent(batch.receipt().batch(), leaf);
            use(batch.receipt().batch());
            read(batch.receipt().ranges());
        } else if (event instanceof BatchContinued part) {
            read(part.ranges());
        } else if (event instanceof BatchAbandoned abandoned) {
            use(abandoned.batch());
        } else if (event instanceof PolicyActivated plan) {
            plans.computeIfAbsent(plan.planId(), id -> new ArrayList<>()).add(leaf);
        }
    }

    private void use(BatchId batch) {
        numbers.merge(batch.generation(), batch.number() + 1, Math::max);
    }

    private void read(List<SourceRange> ranges) {
        ranges.forEach(range -> positions.merge(range.source(), range.until(), Math::max));
    }

    /** Returns the first number of the generation that no batch has used. */
    long nextNumber(String generation) {
        return numbers.getOrDefault(generation, 0L);
    }

    /** Returns the offset after the last one that a recorded batch has read, for every partition that was read. */
    Map<SourcePartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /** Returns the leaf that records a batch. */
    Optional<Long> batch(BatchId batch) {
        return Optional.ofNullable(batches.get(batch));
    }

    /** Returns the leaves that record a plan, oldest first. */
    List<Long> plan(String planId) {
        return List.copyOf(plans.getOrDefault(planId, List.of()));
    }
}
