package dev.sluice.audit.ledger;

import dev.sluice.audit.event.BatchRecorded;
import dev.sluice.audit.event.LedgerEvent;
import dev.sluice.audit.event.PolicyActivated;
import dev.sluice.sinks.BatchId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the leaves of batches and plans. Every start builds the index anew from the leaves. Not thread-safe. */
final class LedgerIndex {
    private final Map<BatchId, Long> batches = new HashMap<>();
    private final Map<String, List<Long>> plans = new HashMap<>();

    /** Adds the leaf of an event; of a batch that is recorded twice, the index keeps the first leaf. */
    void add(long leaf, LedgerEvent event) {
        if (event instanceof BatchRecorded batch) {
            batches.putIfAbsent(batch.receipt().batch(), leaf);
        } else if (event instanceof PolicyActivated plan) {
            plans.computeIfAbsent(plan.planId(), id -> new ArrayList<>()).add(leaf);
        }
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
