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

/** Where in the ledger things are; rebuilt from the leaves. Not thread-safe. */
final class LedgerIndex {
    private final Map<BatchId, Long> batches = new HashMap<>();
    private final Map<String, List<Long>> plans = new HashMap<>();

    /** Notes where an event is; of a batch that is recorded twice, the first leaf counts. */
    void add(long leaf, LedgerEvent event) {
        if (event instanceof BatchRecorded batch) {
            batches.putIfAbsent(batch.receipt().batch(), leaf);
        } else if (event instanceof PolicyActivated plan) {
            plans.computeIfAbsent(plan.planId(), id -> new ArrayList<>()).add(leaf);
        }
    }

    Optional<Long> batch(BatchId batch) {
        return Optional.ofNullable(batches.get(batch));
    }

    List<Long> plan(String planId) {
        return List.copyOf(plans.getOrDefault(planId, List.of()));
    }
}
