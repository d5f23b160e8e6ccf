package dev.sluice.audit.verify;

import dev.sluice.audit.event.BatchAbandoned;
import dev.sluice.audit.event.BatchContinued;
import dev.sluice.audit.event.BatchRecorded;
import dev.sluice.audit.event.LedgerEvent;
import dev.sluice.audit.event.PolicyActivated;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourcePartition;
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
 * Follows the events of a ledger and reports gaps between batches, gaps between offsets, and plans that a batch used
 * before their activation. A ledger may begin at any offset of a partition. Not thread-safe.
 */
final class BatchSequence {
    private final List<Finding> findings = new ArrayList<>();
    private final Map<BatchId, Receipt> batches = new LinkedHashMap<>();
    private final Map<String, Long> lastNumber = new HashMap<>();
    private final Map<SourcePartition, PartitionEnd> ends = new HashMap<>();
    private final Set<String> plans = new HashSet<>();
    private final Map<String, Integer> planParts = new HashMap<>();
    private final Set<BatchId> abandoned = new HashSet<>();
    private final List<BatchContinued> pending = new ArrayList<>();

    /** Holds the offset that a partition was read up to, and the generation that read it. */
    private record PartitionEnd(long until, String generation) {}

    /** Returns the findings so far, in the order of the leaves. */
    List<Finding> findings() {
        return findings;
    }

    /** Returns the recorded batches in the order of the ledger. */
    Map<BatchId, Receipt> batches() {
        return batches;
    }

    /** Whether the ledger explains a commit of the batch: a leaf records that the batch was written or abandoned. */
    boolean explains(BatchId batch) {
        return batches.containsKey(batch) || abandoned.contains(batch);
    }

    /** Whether the batch follows the last recorded batch of its generation, so that a gateway may be writing it now. */
    boolean mayBeInFlight(BatchId batch) {
        return batch.number() == lastNumber.getOrDefault(batch.generation(), -1L) + 1;
    }

    /** Checks the event of the next leaf against the leaves before it. */
    void follow(long leaf, LedgerEvent event) {
        if (event instanceof BatchContinued part) {
            pending.add(part);
            return;
        }
        if (event instanceof BatchRecorded batch) {
            recorded("leaf " + leaf, batch);
        } else if (event instanceof BatchAbandoned batch) {
            numbered("leaf " + leaf, batch.batch());
            abandoned.add(batch.batch());
        } else if (event instanceof PolicyActivated plan) {
            activated("leaf " + leaf, plan);
        }
        if (!pending.isEmpty()) {
            findings.add(VerificationCode.PART_MISSING.at(
                    "leaf " + leaf, "The leaves before this one hold parts of another batch."));
            pending.clear();
        }
    }

    private void recorded(String where, BatchRecorded batch) {
        boolean whole = pending.size() == batch.parts()
                && pending.stream()
                        .allMatch(part -> part.batch().equals(batch.receipt().batch()));
        if (!whole) {
            findings.add(VerificationCode.PART_MISSING.at(
                    where, "The ledger holds " + pending.size() + " of " + batch.parts() + " parts of the batch."));
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
                .forEach(plan -> findings.add(VerificationCode.PLAN_UNKNOWN.at(
                        where, "The batch used plan " + plan + " before its activation.")));
    }

    private void numbered(String where, BatchId batch) {
        long last = lastNumber.getOrDefault(batch.generation(), -1L);
        if (explains(batch)) {
            findings.add(
                    VerificationCode.BATCH_REPEATED.at(where, "An earlier leaf records batch " + batch.text() + "."));
        } else if (batch.number() != last + 1) {
            findings.add(VerificationCode.BATCH_GAP.at(
                    where, "Batch " + batch.text() + " follows batch number " + last + "."));
        }
        lastNumber.put(batch.generation(), Math.max(last, batch.number()));
    }

    private void ranged(String where, BatchId batch, SourceRange range) {
        SourcePartition partition = range.source();
        PartitionEnd before = ends.getOrDefault(partition, new PartitionEnd(range.from(), batch.generation()));
        if (range.from() > before.until() || range.until() < range.from()) {
            findings.add(VerificationCode.OFFSET_GAP.at(where, gap(partition, before, range)));
        } else if (range.from() < before.until()) {
            VerificationCode code = before.generation().equals(batch.generation())
                    ? VerificationCode.OFFSET_OVERLAP
                    : VerificationCode.OFFSET_REREAD;
            findings.add(code.at(where, gap(partition, before, range)));
        }
        ends.put(partition, new PartitionEnd(range.until(), batch.generation()));
    }

    private void covered(String where, Receipt receipt) {
        long offsets = receipt.ranges().stream().mapToLong(SourceRange::offsets).sum();
        long records = receipt.counts().in();
        if (offsets != records) {
            findings.add((records > offsets ? VerificationCode.UNACCOUNTED : VerificationCode.OFFSETS_EMPTY)
                    .at(where, "The batch read " + records + " records from " + offsets + " offsets."));
        }
    }

    private static String gap(SourcePartition partition, PartitionEnd before, SourceRange range) {
        return "Earlier batches read " + partition + " until offset " + before.until() + ", and this batch reads from "
                + range.from() + " until " + range.until() + ".";
    }

    private void activated(String where, PolicyActivated plan) {
        int expected = planParts.getOrDefault(plan.planId(), 0) + 1;
        int number = plan.part().number();
        if (number != 1 && number != expected) {
            findings.add(VerificationCode.PART_MISSING.at(where, "Part " + expected + " of the plan is missing."));
        }
        planParts.put(plan.planId(), number);
        if (number == plan.part().of()) {
            plans.add(plan.planId());
        }
    }
}
