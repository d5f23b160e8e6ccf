package dev.sluice.audit.lineage;

import dev.sluice.audit.LedgerErrors;
import dev.sluice.audit.event.BatchRecorded;
import dev.sluice.audit.event.PolicyActivated;
import dev.sluice.audit.event.PolicyActivated.FieldRule;
import dev.sluice.audit.ledger.LedgerView;
import dev.sluice.audit.lineage.LineageRecord.DecidedBy;
import dev.sluice.audit.lineage.LineageRecord.LedgerEvidence;
import dev.sluice.audit.lineage.RowProvenance.RawPlace;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.TableCommit;
import java.util.List;

/**
 * Follows a value of a governed row back to the source. Before it answers, it compares the row with the ledger: the
 * ledger must hold the batch and the plan that the row names, and the batch must have read the record and used the
 * plan. A record that became a dead letter or was parked was read by a batch before. Log position, transaction,
 * operation, commit time and schema id come from the row itself; the ledger does not prove them. Safe for use by many
 * threads.
 */
public final class Lineage {
    private final LedgerView ledger;

    /** Makes a lineage that compares rows with the given ledger. */
    public Lineage(LedgerView ledger) {
        this.ledger = ledger;
    }

    /**
     * Returns the origin of every column of a row, in the order of the source's fields, with the dropped fields.
     *
     * @throws dev.sluice.audit.LedgerException AUD-013 when the ledger does not hold batch or plan, or contradicts the
     *     row
     */
    public List<LineageRecord> row(RowProvenance row) {
        List<FieldRule> rules = plan(row);
        long leaf = ledger.leafOf(row.batch())
                .orElseThrow(
                        () -> LedgerErrors.notRecorded("batch " + row.batch().text()));
        check(row, leaf);
        DecidedBy decision = decision(row.planId());
        LedgerEvidence evidence = new LedgerEvidence(leaf, ledger.size(), ledger.rootHex());
        return rules.stream()
                .map(rule -> new LineageRecord(row, rule, decision, evidence))
                .toList();
    }

    private List<FieldRule> plan(RowProvenance row) {
        List<PolicyActivated> parts = ledger.plan(row.planId());
        if (parts.isEmpty() || parts.size() != parts.get(0).part().of()) {
            throw LedgerErrors.notRecorded("plan " + row.planId());
        }
        return parts.stream().flatMap(part -> part.part().fields().stream()).toList();
    }

    private DecidedBy decision(String planId) {
        PolicyActivated plan = ledger.plan(planId).get(0);
        List<Long> leaves = ledger.leavesOf(planId);
        return new DecidedBy(
                plan.scope().consumer(),
                plan.scope().purpose(),
                plan.revisions().policy(),
                leaves.get(leaves.size() - 1));
    }

    private void check(RowProvenance row, long leaf) {
        Receipt receipt = ledger.receiptAt(leaf);
        String batch = "batch " + row.batch().text();
        if (!hasRead(receipt, row.record()) && !wasKeptBack(row.record(), leaf)) {
            throw LedgerErrors.contradicted("record " + row.record().coordinates(), batch + " did not read it");
        }
        boolean used = receipt.tables().stream()
                .filter(table -> table.dataset().equals(row.dataset().topic()))
                .map(TableCommit::planIds)
                .anyMatch(plans -> plans.contains(row.planId()));
        if (!used) {
            throw LedgerErrors.contradicted("plan " + row.planId(), batch + " did not use it for " + row.dataset());
        }
    }

    private static boolean hasRead(Receipt receipt, RawPlace record) {
        return receipt.ranges().stream()
                .anyMatch(range -> range.source().topic().equals(record.topic())
                        && range.source().partition() == record.partition()
                        && range.from() <= record.offset()
                        && record.offset() < range.until());
    }

    /** Whether a batch before that leaf has read the record, and made dead letters or parked changes. */
    private boolean wasKeptBack(RawPlace record, long leaf) {
        for (long before = leaf - 1; before >= 0; before--) {
            if (ledger.leaf(before) instanceof BatchRecorded) {
                Receipt receipt = ledger.receiptAt(before);
                if (hasRead(receipt, record)) {
                    return receipt.counts().deadLettered() + receipt.counts().parked() > 0;
                }
            }
        }
        return false;
    }
}
