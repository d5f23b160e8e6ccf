package dev.sluice.policy.review;

import dev.sluice.cdc.event.Field;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PlannedField;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows a plan as rows of text. */
public final class PlanTable {

    /** Names of the columns, in the order of {@link PlanRow#cells()}. */
    public static final List<String> COLUMNS =
            List.of("field", "type", "category", "treatment", "params", "output", "rule", "where");

    private PlanTable() {}

    /** One row for each field, in the order of the schema. */
    public static List<PlanRow> rows(Plan plan) {
        return plan.fields().stream().map(PlanTable::row).toList();
    }

    private static PlanRow row(PlannedField planned) {
        Field field = planned.field();
        Map<String, String> params = planned.treatment().params();
        return new PlanRow(
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
