package dev.sluice.masking.treat;

import org.jspecify.annotations.Nullable;

/**
 * Treats one value at a time, without the key of a person. Consecutive equal values, as before image, after image and
 * key of one event usually are, are treated once.
 */
final class EachValue implements FieldTreatment {

    private final One one;

    EachValue(One one) {
        this.one = one;
    }

    /** Treats one value. */
    @FunctionalInterface
    interface One {
        /** The treated value, or a {@link Fault}. */
        Object treat(Object value);
    }

    @Override
    public void apply(ValueVector in, ValueVector out, Persons persons) {
        Object last = null;
        int lastLane = -1;
        for (int lane = 0; lane < in.size(); lane++) {
            Object value = in.value(lane);
            if (value == null || in.isEmpty(lane)) {
                out.set(lane, value);
            } else if (value.equals(last)) {
                out.copy(lane, out, lastLane);
            } else {
                put(out, lane, one.treat(value));
                last = value;
                lastLane = lane;
            }
        }
    }

    static void put(ValueVector out, int lane, @Nullable Object result) {
        if (result instanceof Fault fault) {
            out.fail(lane, fault);
        } else {
            out.set(lane, result);
        }
    }
}
