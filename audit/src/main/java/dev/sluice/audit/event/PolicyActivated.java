package dev.sluice.audit.event;

import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PlannedField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records that a plan came into force: the treatment of each field, with the file and line that decided it. A plan with
 * more than {@value #FIELDS_PER_LEAF} fields takes several leaves, because an entry is limited to 64 KiB.
 *
 * @param at time of recording
 * @param planId id of the plan
 * @param scope dataset and consumer that the plan is for
 * @param revisions policy, catalog and engine that the plan was made from
 * @param part the fields of this leaf
 */
public record PolicyActivated(Instant at, String planId, ActivationScope scope, Plan.Revisions revisions, PlanPart part)
        implements LedgerEvent {
    static final String TYPE = "policy-activated";

    /** Largest number of fields in one leaf. */
    public static final int FIELDS_PER_LEAF = 100;

    public PolicyActivated {
        at = LedgerEvent.time(at);
    }

    /**
     * Names the dataset and the consumer that a plan is for.
     *
     * @param dataset topic of the dataset, {@code source.schema.table}
     * @param schema fingerprint of the row schema
     * @param consumer id of the consumer
     * @param purpose purpose of the consumer
     */
    public record ActivationScope(String dataset, String schema, String consumer, String purpose) {}

    /**
     * Holds the fields of one leaf.
     *
     * @param number number of the part, from 1
     * @param of number of parts of the plan
     * @param fields the fields of the part
     */
    public record PlanPart(int number, int of, List<FieldRule> fields) {
        public PlanPart {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Names the treatment of one field and the rule that decided it.
     *
     * @param field name of the field
     * @param treatment kind and parameters of the treatment, for example {@code hmac domain=customer}
     * @param rule id of the rule
     * @param place {@code file:line} of the rule in the policy folder
     * @param category category that the rule matched; empty when it matched none
     */
    public record FieldRule(String field, String treatment, String rule, String place, String category) {

        static FieldRule of(PlannedField field) {
            StringBuilder treatment = new StringBuilder(field.treatment().kind().text());
            field.treatment()
                    .params()
                    .forEach((name, value) ->
                            treatment.append(' ').append(name).append('=').append(value));
            return new FieldRule(
                    field.field().name(),
                    treatment.toString(),
                    field.rule().id(),
                    field.rule().place(),
                    field.category());
        }

        Map<String, Object> body() {
            return Map.of("field", field, "treatment", treatment, "rule", rule, "place", place, "category", category);
        }

        static FieldRule read(Fields fields) {
            return new FieldRule(
                    fields.text("field"),
                    fields.text("treatment"),
                    fields.text("rule"),
                    fields.text("place"),
                    fields.text("category"));
        }
    }

    /** Returns the events that record a plan, in the order of its parts. */
    public static List<PolicyActivated> of(Instant at, Plan plan) {
        List<FieldRule> rules = plan.fields().stream().map(FieldRule::of).toList();
        int parts = Math.max(1, (rules.size() + FIELDS_PER_LEAF - 1) / FIELDS_PER_LEAF);
        ActivationScope scope = new ActivationScope(
                plan.dataset().topic(), plan.schema().fingerprint(), plan.consumer(), plan.purpose());
        List<PolicyActivated> events = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            List<FieldRule> fields =
                    rules.subList(part * FIELDS_PER_LEAF, Math.min(rules.size(), (part + 1) * FIELDS_PER_LEAF));
            events.add(new PolicyActivated(
                    at, plan.planId(), scope, plan.revisions(), new PlanPart(part + 1, parts, fields)));
        }
        return events;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> body() {
        Map<String, Object> body = new TreeMap<>();
        body.put("plan", planId);
        body.put("dataset", scope.dataset());
        body.put("schema", scope.schema());
        body.put("consumer", scope.consumer());
        body.put("purpose", scope.purpose());
        body.put("policy", revisions.policy());
        body.put("catalog", revisions.catalog());
        body.put("engine", revisions.engine());
        body.put("part", part.number());
        body.put("parts", part.of());
        body.put("fields", part.fields().stream().map(FieldRule::body).toList());
        return body;
    }

    static PolicyActivated read(Instant at, Fields fields) {
        return new PolicyActivated(
                at,
                fields.text("plan"),
                new ActivationScope(
                        fields.text("dataset"), fields.text("schema"), fields.text("consumer"), fields.text("purpose")),
                new Plan.Revisions(fields.text("policy"), fields.text("catalog"), fields.text("engine")),
                new PlanPart(fields.count("part"), fields.count("parts"), fields.objects("fields", FieldRule::read)));
    }
}
