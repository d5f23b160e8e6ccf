package dev.sluice.policy.review;

import java.util.List;

/**
 * Shows one field of a plan as text.
 *
 * @param field field name, with {@code *} after it when the field is part of the key
 * @param type type as it comes
 * @param category category that the rule matched, empty when none
 * @param treatment treatment
 * @param params {@code name=value}, separated by blanks
 * @param output type as it leaves, {@code -} when the field is dropped
 * @param rule rule id
 * @param where file and line of the rule
 */
public record PlanRow(
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
