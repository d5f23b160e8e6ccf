package dev.sluice.sinks.direct;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.types.StructType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Gives an array as a row of Delta Kernel; Kernel's own class refuses to give a timestamp as the number that its writer
 * asks for.
 */
final class CellRow implements Row {

    private final StructType schema;
    private final @Nullable Object[] cells;

    CellRow(StructType schema, @Nullable Object[] cells) {
        this.schema = schema;
        this.cells = cells;
    }

    private <T> T cell(int ordinal, Class<T> type) {
        return type.cast(cells[ordinal]);
    }

    @Override
    public StructType getSchema() {
        return schema;
    }

    @Override
    public boolean isNullAt(int ordinal) {
        return cells[ordinal] == null;
    }

    @Override
    public boolean getBoolean(int ordinal) {
        return cell(ordinal, Boolean.class);
    }

    @Override
    public byte getByte(int ordinal) {
        return cell(ordinal, Byte.class);
    }

    @Override
    public short getShort(int ordinal) {
        return cell(ordinal, Short.class);
    }

    @Override
    public int getInt(int ordinal) {
        return cell(ordinal, Integer.class);
    }

    @Override
    public long getLong(int ordinal) {
        return cell(ordinal, Long.class);
    }

    @Override
    public float getFloat(int ordinal) {
        return cell(ordinal, Float.class);
    }

    @Override
    public double getDouble(int ordinal) {
        return cell(ordinal, Double.class);
    }

    @Override
    public String getString(int ordinal) {
        return cell(ordinal, String.class);
    }

    @Override
    public BigDecimal getDecimal(int ordinal) {
        return cell(ordinal, BigDecimal.class);
    }

    @Override
    public byte[] getBinary(int ordinal) {
        return cell(ordinal, byte[].class);
    }

    @Override
    public Row getStruct(int ordinal) {
        return cell(ordinal, Row.class);
    }

    @Override
    public ArrayValue getArray(int ordinal) {
        return cell(ordinal, ArrayValue.class);
    }

    @Override
    public MapValue getMap(int ordinal) {
        return cell(ordinal, MapValue.class);
    }
}
