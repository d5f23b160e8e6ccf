package dev.sluice.policy.decision;

import dev.sluice.cdc.event.Field;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Holds one field of a plan. The treatment fits the field; the constructor refuses any other.
 *
 * @param field the field as it comes
 * @param treatment what happens to its values
 * @param rule the rule that decided the treatment
 * @param category the category that the rule matched, empty when none
 */
public record PlannedField(Field field, Treatment treatment, RuleRef rule, String category) implements Serializable {

    public PlannedField {
        List<String> problems = treatment.problems(field);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(field.name() + ": " + String.join(" ", problems));
        }
    }

    /** The field as it leaves; empty when it is dropped. */
    public Optional<Field> output() {
        boolean nullable = field.nullable() || treatment.kind() == Treatment.Kind.NULL;
        return treatment.output(field.type()).map(type -> new Field(field.name(), type, nullable, field.key()));
    }
}
