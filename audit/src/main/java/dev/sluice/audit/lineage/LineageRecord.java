package dev.sluice.audit.lineage;

import dev.sluice.audit.event.PolicyActivated.FieldRule;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The way of one value, from the source to the ledger.
 *
 * @param row what the row says
 * @param rule what happened to the field, and by which line of which file
 * @param decision the plan that the rule is part of
 * @param evidence the ledger leaf of the batch
 */
public record LineageRecord(RowProvenance row, FieldRule rule, DecidedBy decision, LedgerEvidence evidence) {

    /**
     * The recorded plan.
     *
     * @param consumer for whom
     * @param purpose what for
     * @param policy hash of the policy files
     * @param leaf leaf that records the plan; of a plan in parts, the last one
     */
    public record DecidedBy(String consumer, String purpose, String policy, long leaf) {}

    /**
     * The recorded batch.
     *
     * @param leaf leaf that records the batch
     * @param size leaves of the ledger
     * @param root its Merkle root, 64 hex digits
     */
    public record LedgerEvidence(long leaf, long size, String root) {}

    /** {@code source.schema.table.column}. */
    public String sourceColumn() {
        return row.dataset().topic() + "." + rule.field();
    }

    /** Whether the change did not send the value, so that it is that of the version before. */
    public boolean takenOver() {
        return row.filled().contains(rule.field());
    }

    /**
     * Five or six lines of text.
     *
     * @param shown what stands for the value at the beginning: the treated value as the table holds it, or a name
     */
    public String text(String shown) {
        RowProvenance.SourceEvent event = row.event();
        String arrow = "\n" + " ".repeat(shown.codePointCount(0, shown.length())) + " <- ";
        return shown + " <- " + sourceColumn() + " @ lsn " + event.position()
                + (event.transaction().isEmpty() ? "" : " tx " + event.transaction())
                + " (" + event.committed() + ", " + event.op() + ")"
                + (takenOver() ? arrow + "not sent by this change, taken over from the version before" : "")
                + arrow + "record " + row.record().coordinates() + " schema "
                + row.record().schemaId()
                + arrow + "rule " + rule.rule() + " " + rule.place() + " (" + rule.treatment()
                + (rule.category().isEmpty() ? "" : ", category " + rule.category()) + ")"
                + arrow + "plan " + row.planId() + " for " + decision.consumer() + ", " + decision.purpose()
                + " <- ledger leaf " + decision.leaf()
                + arrow + "batch " + row.batch().text() + " <- ledger leaf " + evidence.leaf() + " of "
                + evidence.size() + ", root " + evidence.root();
    }

    /** The same as a map of texts and numbers, in reading order, for a JSON mapper. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source_column", sourceColumn());
        json.put("lsn", row.event().position());
        json.put("transaction", row.event().transaction());
        json.put("committed_at", row.event().committed().toString());
        json.put("op", row.event().op());
        json.put("taken_over", takenOver());
        json.put("event_id", row.event().id());
        json.put("record", row.record().coordinates());
        json.put("schema_id", row.record().schemaId());
        json.put("treatment", rule.treatment());
        json.put("rule", rule.rule());
        json.put("rule_place", rule.place());
        json.put("category", rule.category());
        json.put("plan_id", row.planId());
        json.put("consumer", decision.consumer());
        json.put("purpose", decision.purpose());
        json.put("policy_revision", decision.policy());
        json.put("plan_leaf", decision.leaf());
        json.put("batch", row.batch().text());
        json.put("batch_leaf", evidence.leaf());
        json.put("ledger_size", evidence.size());
        json.put("ledger_root", evidence.root());
        return json;
    }
}
