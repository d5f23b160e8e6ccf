package dev.sluice.masking;

import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.masking.key.PersonKey;
import dev.sluice.masking.treat.Canonical;
import dev.sluice.masking.treat.ValueVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries one row image through the treatments: its clear values, the key of its person, and the treated values by plan
 * position.
 */
final class ImageInTreatment {

    private final Row row;
    private final boolean whole;
    private final @Nullable PersonKey person;
    private final @Nullable Object[] treated;
    private Sealer.@Nullable Unprotectable problem;

    private ImageInTreatment(Row row, boolean whole, @Nullable PersonKey person, int plannedFields) {
        this.row = row;
        this.whole = whole;
        this.person = person;
        this.treated = new Object[plannedFields];
    }

    /** A row with all fields of the plan, in its order. */
    static ImageInTreatment ofRow(Row row, @Nullable PersonKey person, int plannedFields) {
        return new ImageInTreatment(row, true, person, plannedFields);
    }

    /** A key: the key fields only, in the order of the key. */
    static ImageInTreatment ofKey(Row key, int plannedFields) {
        return new ImageInTreatment(key, false, null, plannedFields);
    }

    /** Index of a planned field in this image, or -1. */
    int indexOf(int position, String field) {
        return whole ? position : row.schema().indexOf(field);
    }

    @Nullable
    Object clear(int index) {
        return row.value(index);
    }

    Optional<PersonKey> person() {
        return Optional.ofNullable(person);
    }

    /** Takes over a treated value, or the reason why the value cannot be treated. */
    void take(int position, Field field, ValueVector column, int lane) {
        treated[position] = column.value(lane);
        column.fault(lane)
                .ifPresent(fault -> problem = new Sealer.Unprotectable(
                        fault.name(),
                        "field " + field.name() + " of type " + field.type().describe() + ": " + fault.text()));
    }

    /** What is wrong with a value of this image. */
    Optional<Sealer.Unprotectable> problem() {
        return Optional.ofNullable(problem);
    }

    /** The treated row; {@code positions} are those of the planned fields that leave. */
    Row row(RowSchema outputs, List<Integer> positions) {
        @Nullable Object[] values = new Object[positions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = treated[positions.get(i)];
        }
        return new Row(outputs, values);
    }

    /** The treated key as text, in the order of the key. */
    String keyText(CompiledPlan plan) {
        List<@Nullable String> texts = new ArrayList<>();
        for (Field field : row.schema().fields()) {
            CompiledPlan.PlannedOutput output = plan.output(field.name());
            Object value = treated[output.position()];
            texts.add(value == null ? null : Canonical.text(output.field().type(), value));
        }
        return Canonical.array(texts);
    }
}
