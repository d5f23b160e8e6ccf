package dev.sluice.audit.verify;

import dev.sluice.audit.event.BatchContinued;
import dev.sluice.audit.event.BatchRecorded;
import dev.sluice.audit.event.LedgerEvent;
import dev.sluice.audit.event.PolicyActivated;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.TableCommit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows the events of a ledger: batches without gaps, offsets without gaps, plans known before they are used. Not
 * thread-safe.
 */
final class BatchSequence {
    private final List<Finding> findings = new ArrayList<>();
    private final Map<BatchId, Receipt> batches = new LinkedHashMap<>();
    private final Map<String, Long> lastNumber = new HashMap<>();
    private final Map<String, PartitionEnd> read = new HashMap<>();
    private final Set<String> plans = new HashSet<>();
    private final Map<String, Integer> planParts = new HashMap<>();
    private final List<BatchContinued> pending = new ArrayList<>();

    /** How far a partition was read, and in which generation. */
    private record PartitionEnd(long until, String generation) {}

    List<Finding> findings() {
        return findings;
    }

    /** Batches in the order of the ledger. */
    Map<BatchId, Receipt> batches() {
        return batches;
    }

    /** Whether the batch could be the one that is written just now. */
    boolean mayBeInFlight(BatchId batch) {
        return batch.number() == lastNumber.getOrDefault(batch.generation(), -1L) + 1;
    }

    void follow(long leaf, LedgerEvent event) {
        if (event instanceof BatchContinued part) {
            pending.add(part);
            return;
        }
        if (event instanceof BatchRecorded batch) {
            recorded("leaf " + leaf, batch);
        } else if (event instanceof PolicyActivated plan) {
            activated("leaf " + leaf, plan);
        }
        if (!pending.isEmpty()) {
            findings.add(VerificationCode.PART_MISSING.at("leaf " + leaf, "parts of another batch stand before it"));
            pending.clear();
        }
    }

    private void recorded(String where, BatchRecorded batch) {
        boolean whole = pending.size() == batch.parts()
                && pending.stream()
                        .allMatch(part -> part.batch().equals(batch.receipt().batch()));
        if (!whole) {
            findings.add(VerificationCode.PART_MISSING.at(
                    where, "the batch has " + pending.size() + " of " + batch.parts() + " parts"));
        }
        Receipt receipt = batch.joined(pending);
        pending.clear();
        numbered(where, receipt.batch());
        batches.putIfAbsent(receipt.batch(), receipt);
        receipt.ranges().forEach(range -> ranged(where, receipt.batch(), range));
        covered(where, receipt);
        receipt.tables().stream()
                .map(TableCommit::planIds)
                .flatMap(List::stream)
                .filter(plan -> !plans.contains(plan))
                .distinct()
                .forEach(plan -> findings.add(
                        VerificationCode.PLAN_UNKNOWN.at(where, "plan " + plan + " was not activated before")));
    }

    private void numbered(String where, BatchId batch) {
        long last = lastNumber.getOrDefault(batch.generation(), -1L);
        if (batches.containsKey(batch)) {
            findings.add(VerificationCode.BATCH_REPEATED.at(where, "batch " + batch.text() + " is recorded before"));
        } else if (batch.number() != last + 1) {
            findings.add(
                    VerificationCode.BATCH_GAP.at(where, "batch " + batch.text() + " follows batch number " + last));
        }
        lastNumber.put(batch.generation(), Math.max(last, batch.number()));
    }

    private void ranged(String where, BatchId batch, SourceRange range) {
        String partition = range.topic() + "/" + range.partition();
        PartitionEnd before = read.getOrDefault(partition, new PartitionEnd(range.from(), batch.generation()));
        if (range.from() > before.until() || range.until() < range.from()) {
            findings.add(VerificationCode.OFFSET_GAP.at(where, gap(partition, before, range)));
        } else if (range.from() < before.until()) {
            VerificationCode code = before.generation().equals(batch.generation())
                    ? VerificationCode.OFFSET_OVERLAP
                    : VerificationCode.OFFSET_REREAD;
            findings.add(code.at(where, gap(partition, before, range)));
        }
        read.put(partition, new PartitionEnd(range.until(), batch.generation()));
    }

    private void covered(String where, Receipt receipt) {
        long offsets = receipt.ranges().stream()
                .mapToLong(range -> range.until() - range.from())
                .sum();
        long records = receipt.counts().in();
        if (offsets != records) {
            findings.add((records > offsets ? VerificationCode.UNACCOUNTED : VerificationCode.OFFSETS_EMPTY)
                    .at(where, "the batch read " + records + " records from " + offsets + " offsets"));
        }
    }

    private static String gap(String partition, PartitionEnd before, SourceRange range) {
        return partition + " was read until " + before.until() + ", the batch reads " + range.from() + " until "
                + range.until();
    }

    private void activated(String where, PolicyActivated plan) {
        int expected = planParts.getOrDefault(plan.planId(), 0) + 1;
        int number = plan.part().number();
        if (number != 1 && number != expected) {
            findings.add(VerificationCode.PART_MISSING.at(where, "part " + expected + " of the plan is missing"));
        }
        planParts.put(plan.planId(), number);
        if (number == plan.part().of()) {
            plans.add(plan.planId());
        }
    }
}
