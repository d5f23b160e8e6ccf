package dev.sluice.masking.treat;

import dev.sluice.cdc.event.DataType;
import dev.sluice.masking.error.ProtectionException;

/**
 * Checks every value before and after a treatment. Before: a value of the wrong class is a fault and does not reach the
 * treatment. After: a treated value of the wrong class is a fault, so a treatment that returns its input where the
 * output type differs is noticed. A treatment that throws runs again lane by lane, and the lanes that throw are faults.
 */
final class Checked implements FieldTreatment {

    private final FieldTreatment inner;
    private final DataType input;
    private final DataType output;

    Checked(FieldTreatment inner, DataType input, DataType output) {
        this.inner = inner;
        this.input = input;
        this.output = output;
    }

    @Override
    public void apply(ValueVector in, ValueVector out, Persons persons) {
        if (!allFit(in) || !succeeds(in, out, persons)) {
            for (int lane = 0; lane < in.size(); lane++) {
                applyOne(in, out, lane, persons);
            }
        }
        for (int lane = 0; lane < out.size(); lane++) {
            if (!fits(output, out, lane)) {
                out.fail(lane, Fault.TREATMENT_FAILED);
            }
        }
    }

    private void applyOne(ValueVector in, ValueVector out, int lane, Persons persons) {
        if (!fits(input, in, lane)) {
            out.fail(lane, Fault.WRONG_TYPE);
            return;
        }
        ValueVector single = ValueVector.ofSize(1);
        single.copy(0, in, lane);
        ValueVector treated = ValueVector.ofSize(1);
        if (succeeds(single, treated, ignored -> persons.key(lane))) {
            out.copy(lane, treated, 0);
        } else {
            out.fail(lane, Fault.TREATMENT_FAILED);
        }
    }

    private boolean succeeds(ValueVector in, ValueVector out, Persons persons) {
        try {
            inner.apply(in, out, persons);
            return true;
        } catch (ProtectionException brokenService) {
            throw brokenService;
        } catch (RuntimeException badValue) {
            // Boundary: whatever a treatment throws on a value makes that record a dead letter, never a passed value.
            // The exception is not kept, because its message may hold the value.
            return false;
        }
    }

    private boolean allFit(ValueVector in) {
        for (int lane = 0; lane < in.size(); lane++) {
            if (!fits(input, in, lane)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(DataType type, ValueVector column, int lane) {
        Object value = column.value(lane);
        return value == null || column.isEmpty(lane) || Values.fit(type, value);
    }
}
