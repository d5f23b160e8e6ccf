package dev.sluice.audit.lineage;

import dev.sluice.audit.event.PolicyActivated.FieldRule;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds the origin of one value, from the source column to the ledger. Immutable.
 *
 * @param row the origin that the row names
 * @param rule the treatment of the field, with the file and line that decided it
 * @param decision the plan that the rule is part of
 * @param evidence the ledger leaf of the batch
 */
public record LineageRecord(RowProvenance row, FieldRule rule, DecidedBy decision, LedgerEvidence evidence) {

    /**
     * Names the plan that decided the treatment.
     *
     * @param consumer consumer that the plan is for
     * @param purpose purpose of the consumer
     * @param policy hash of the policy files
     * @param leaf leaf that records the plan; of a plan in parts, the last leaf
     */
    public record DecidedBy(String consumer, String purpose, String policy, long leaf) {}

    /**
     * Names the leaf of the batch and the head that covers it.
     *
     * @param leaf leaf that records the batch
     * @param size number of leaves of the ledger
     * @param root Merkle root of the ledger, 64 hex digits
     */
    public record LedgerEvidence(long leaf, long size, String root) {}

    /** Returns the source column as {@code source.schema.table.column}. */
    public String sourceColumn() {
        return row.dataset().topic() + "." + rule.field();
    }

    /** Whether the change did not carry the value, so that the row keeps the value of its earlier version. */
    public boolean takenOver() {
        return row.filled().contains(rule.field());
    }

    /**
     * Returns the origin as five or six lines of text.
     *
     * @param shown what the text begins with: the treated value as the table holds it, or a name
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

    /** Returns the origin as a map of texts and numbers in reading order, for a JSON mapper. */
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
