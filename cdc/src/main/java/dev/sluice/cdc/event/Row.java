package dev.sluice.cdc.event;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Holds the values of one row. A value is null, {@link Absent#VALUE}, or of the class that its field's {@link
 * DataType.TypeKind} names. {@code toString} shows column names only.
 */
public final class Row implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RowSchema schema;
    private final @Nullable Object[] values;

    /**
     * A row of these values.
     *
     * @throws IllegalArgumentException when the number of values is not the number of fields
     */
    public Row(RowSchema schema, @Nullable Object... values) {
        if (values.length != schema.fields().size()) {
            throw new IllegalArgumentException("row has " + values.length + " values for "
                    + schema.fields().size() + " fields");
        }
        this.schema = schema;
        this.values = values.clone();
    }

    public RowSchema schema() {
        return schema;
    }

    public int size() {
        return values.length;
    }

    /** The value at that position: null, {@link Absent#VALUE} or a typed value. */
    public @Nullable Object value(int index) {
        return values[index];
    }

    /**
     * The value of that field.
     *
     * @throws IllegalArgumentException when the row has no such field
     */
    public @Nullable Object value(String name) {
        int index = schema.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("The row has no field " + name + ".");
        }
        return values[index];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row && schema.equals(row.schema) && Arrays.deepEquals(values, row.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        return "Row[" + schema.fields().stream().map(Field::name).collect(Collectors.joining(",")) + "]";
    }
}
