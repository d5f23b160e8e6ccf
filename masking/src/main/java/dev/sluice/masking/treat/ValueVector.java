package dev.sluice.masking.treat;

import dev.sluice.cdc.event.Absent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds values of one field from many images, by lane. A lane holds null, {@link Absent#VALUE}, a value, or a fault in
 * place of a value. Not safe for use by several threads. {@code toString} shows the size only.
 */
public final class ValueVector {

    private final @Nullable Object[] values;
    private final @Nullable Fault[] faults;

    private ValueVector(@Nullable Object[] values) {
        this.values = values;
        this.faults = new Fault[values.length];
    }

    /** A vector of these values. */
    public static ValueVector of(List<@Nullable Object> values) {
        return new ValueVector(values.toArray());
    }

    /** A vector of that many nulls. */
    public static ValueVector ofSize(int size) {
        return new ValueVector(new Object[size]);
    }

    /** Number of lanes. */
    public int size() {
        return values.length;
    }

    /** The value in the lane: null, {@link Absent#VALUE} or a value. */
    public @Nullable Object value(int lane) {
        return values[lane];
    }

    /** Whether the lane holds no value to treat: null stays null and absent stays absent, whatever the treatment. */
    public boolean isEmpty(int lane) {
        return values[lane] == null || values[lane] == Absent.VALUE;
    }

    /** Sets the value in the lane. */
    public void set(int lane, @Nullable Object value) {
        values[lane] = value;
    }

    /** Says that the lane's value cannot be treated. The lane keeps no value. */
    public void fail(int lane, Fault fault) {
        values[lane] = null;
        faults[lane] = fault;
    }

    /** Why the lane's value could not be treated; empty when it was. */
    public Optional<Fault> fault(int lane) {
        return Optional.ofNullable(faults[lane]);
    }

    /** Takes value and fault of a lane over from a lane of another vector. */
    void copy(int lane, ValueVector from, int fromLane) {
        values[lane] = from.values[fromLane];
        faults[lane] = from.faults[fromLane];
    }

    @Override
    public String toString() {
        return "ValueVector[" + values.length + "]";
    }
}
