package dev.sluice.masking;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Row;
import dev.sluice.masking.treat.Values;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.SubjectPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether an event has the form that its plan covers, because only then has every value a treatment. The plan
 * does not cover an event whose images or keys have other fields, whose key is missing (a truncate needs none) or
 * incomplete, or whose naming values are not of their types.
 */
final class PlanCoverage {

    private PlanCoverage() {}

    /** What is wrong with the event; empty when the plan covers it. */
    static Optional<Sealer.Unprotectable> problem(ChangeEvent event, Plan plan) {
        return images(event, plan).or(() -> keys(event, plan)).or(() -> naming(event, plan));
    }

    private static Optional<Sealer.Unprotectable> images(ChangeEvent event, Plan plan) {
        boolean covered = Stream.of(event.change().before(), event.change().after())
                .flatMap(Optional::stream)
                .allMatch(row -> row.schema().fingerprint().equals(plan.schema().fingerprint()));
        return covered
                ? Optional.empty()
                : problem("PLAN_MISMATCH", "an image has other fields than plan " + plan.planId());
    }

    private static Optional<Sealer.Unprotectable> keys(ChangeEvent event, Plan plan) {
        Row key = event.keys().row().orElse(null);
        if (key == null) {
            return event.change().op() == Change.Op.TRUNCATE
                    ? Optional.empty()
                    : problem("NULL_KEY", "the event has no key");
        }
        List<Field> planned = plan.schema().fields().stream().filter(Field::key).toList();
        boolean covered = Stream.of(key, event.keys().movedFrom(), event.keys().movedTo())
                .allMatch(row -> row == null || keyFields(row, planned));
        if (!covered) {
            return problem("PLAN_MISMATCH", "a key has other fields than plan " + plan.planId());
        }
        boolean whole = Stream.of(key, event.keys().movedFrom(), event.keys().movedTo())
                .allMatch(row -> row == null || isWhole(row));
        return whole ? Optional.empty() : problem("NULL_KEY_PART", "a part of the key is absent");
    }

    /** Checks the naming fields, which are read before any treatment. */
    private static Optional<Sealer.Unprotectable> naming(ChangeEvent event, Plan plan) {
        SubjectPath path = plan.subject().orElse(null);
        if (path == null) {
            return Optional.empty();
        }
        for (String name : path.fields()) {
            boolean fits = Stream.of(
                            event.change().before().orElse(null),
                            event.change().after().orElse(null),
                            event.keys().row().orElse(null),
                            event.keys().movedFrom(),
                            event.keys().movedTo())
                    .allMatch(row -> namesByType(row, name));
            if (!fits) {
                return problem("WRONG_TYPE", "field " + name + ": the value is not of the field's type");
            }
        }
        return Optional.empty();
    }

    private static boolean namesByType(@Nullable Row row, String name) {
        int index = row == null ? -1 : row.schema().indexOf(name);
        if (row == null || index < 0) {
            return true;
        }
        Object value = row.value(index);
        return value == null
                || value == Absent.VALUE
                || Values.fit(row.schema().fields().get(index).type(), value);
    }

    private static boolean keyFields(Row row, List<Field> planned) {
        List<Field> fields = row.schema().fields();
        return fields.size() == planned.size()
                && planned.stream().allMatch(field -> fields.stream().anyMatch(other -> same(field, other)));
    }

    /** The labels of an enumeration judge no value, so a new label makes no other field. */
    private static boolean same(Field one, Field other) {
        return one.name().equals(other.name())
                && one.type().describe().equals(other.type().describe())
                && one.nullable() == other.nullable()
                && one.key() == other.key();
    }

    private static boolean isWhole(Row row) {
        for (int i = 0; i < row.size(); i++) {
            if (row.value(i) == Absent.VALUE) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Sealer.Unprotectable> problem(String code, String detail) {
        return Optional.of(new Sealer.Unprotectable(code, detail));
    }
}
