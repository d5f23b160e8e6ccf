package dev.sluice.policy.review;

import dev.sluice.cdc.event.Field;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PlannedField;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as rows of text. */
public final class PlanTable {

    /** Names of the columns, in the order of {@link Row#cells()}. */
    public static final List<String> COLUMNS =
            List.of("field", "type", "category", "treatment", "params", "output", "rule", "where");

    private PlanTable() {}

    /**
     * One field.
     *
     * @param field field name, with {@code *} after it when it is part of the key
     * @param type type as it comes
     * @param category category that the rule matched, empty when none
     * @param treatment treatment
     * @param params {@code name=value}, separated by blanks
     * @param output type as it leaves, {@code -} when the field is dropped
     * @param rule rule id
     * @param where file and line of the rule
     */
    public record Row(
            String field,
            String type,
            String category,
            String treatment,
            String params,
            String output,
            String rule,
            String where) {

        /** The cells in the order of {@link PlanTable#COLUMNS}. */
        public List<String> cells() {
            return List.of(field, type, category, treatment, params, output, rule, where);
        }
    }

    /** One row for each field, in the order of the schema. */
    public static List<Row> rows(Plan plan) {
        return plan.fields().stream().map(PlanTable::row).toList();
    }

    private static Row row(PlannedField planned) {
        Field field = planned.field();
        Map<String, String> params = planned.treatment().params();
        return new Row(
                field.key() ? field.name() + "*" : field.name(),
                field.type().describe(),
                planned.category(),
                planned.treatment().kind().text(),
                params.entrySet().stream()
                        .map(param -> param.getKey() + "=" + param.getValue())
                        .collect(Collectors.joining(" ")),
                planned.output().map(out -> out.type().describe()).orElse("-"),
                planned.rule().id(),
                planned.rule().place());
    }
}
