package dev.sluice.sinks.direct;

import dev.sluice.sinks.intake.Micros;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Turns rows of Delta Kernel into rows of Spark's form and back. Lists come out as Java lists. */
public final class DirectRows {

    /** How a cell of a type is read. Dates and times are numbers in Kernel. */
    private static final Map<String, BiFunction<Row, Integer, Object>> READERS = Map.ofEntries(
            Map.entry("boolean", Row::getBoolean),
            Map.entry("byte", Row::getByte),
            Map.entry("short", Row::getShort),
            Map.entry("integer", Row::getInt),
            Map.entry("long", Row::getLong),
            Map.entry("float", Row::getFloat),
            Map.entry("double", Row::getDouble),
            Map.entry("string", Row::getString),
            Map.entry("binary", Row::getBinary),
            Map.entry("date", Row::getInt),
            Map.entry("timestamp", Row::getLong),
            Map.entry("timestamp_ntz", Row::getLong));

    private DirectRows() {}

    /** Columns of Spark as columns of Kernel. */
    static StructType kernel(org.apache.spark.sql.types.StructType columns) {
        return DataTypeJsonSerDe.deserializeStructType(columns.json());
    }

    /** A Kernel row in Spark's form. */
    public static org.apache.spark.sql.Row toSpark(Row row) {
        int width = row.getSchema().length();
        Object[] cells = new Object[width];
        for (int i = 0; i < width; i++) {
            cells[i] = cell(row, i);
        }
        return RowFactory.create(cells);
    }

    private static @Nullable Object cell(Row row, int column) {
        if (row.isNullAt(column)) {
            return null;
        }
        DataType type = row.getSchema().at(column).getDataType();
        if (type instanceof StructType) {
            return toSpark(row.getStruct(column));
        }
        if (type instanceof ArrayType array) {
            return list(row.getArray(column), array.getElementType());
        }
        BiFunction<Row, Integer, Object> reader = READERS.get(type.toString());
        return reader == null ? row.getDecimal(column) : outside(reader.apply(row, column), type);
    }

    private static List<@Nullable Object> list(ArrayValue array, DataType element) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < array.getSize(); i++) {
            boolean isNull = array.getElements().isNullAt(i);
            Object value = isNull ? null : VectorUtils.getValueAsObject(array.getElements(), element, i);
            values.add(outsideElement(value, element));
        }
        return values;
    }

    private static @Nullable Object outsideElement(@Nullable Object value, DataType element) {
        if (value instanceof List<?> nested && element instanceof ArrayType array) {
            List<@Nullable Object> values = new ArrayList<>();
            nested.forEach(v -> values.add(outsideElement(v, array.getElementType())));
            return values;
        }
        return value == null ? null : outside(value, element);
    }

    private static Object outside(Object value, DataType type) {
        if (type instanceof TimestampType) {
            return Micros.instant((Long) value);
        }
        if (type instanceof TimestampNTZType) {
            return LocalDateTime.ofInstant(Micros.instant((Long) value), ZoneOffset.UTC);
        }
        return type instanceof DateType ? LocalDate.ofEpochDay((Integer) value) : value;
    }

    /** A row of Spark's form as a Kernel row of that schema. */
    static Row toKernel(org.apache.spark.sql.Row row, StructType schema) {
        @Nullable Object[] cells = new @Nullable Object[schema.length()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = inside(row.get(i), schema.at(i).getDataType());
        }
        return new CellRow(schema, cells);
    }

    private static @Nullable Object inside(@Nullable Object value, DataType type) {
        if (value instanceof org.apache.spark.sql.Row row) {
            return toKernel(row, (StructType) type);
        }
        if (type instanceof ArrayType array && value != null) {
            return array(value, array.getElementType());
        }
        if (value instanceof Instant instant) {
            return Micros.of(instant);
        }
        if (value instanceof LocalDateTime time) {
            return Micros.of(time.toInstant(ZoneOffset.UTC));
        }
        if (value instanceof LocalDate date) {
            return Math.toIntExact(date.toEpochDay());
        }
        return value instanceof BigDecimal decimal ? fitting(decimal, type) : value;
    }

    private static ArrayValue array(Object value, DataType element) {
        List<?> values = value instanceof Object[] array ? Arrays.asList(array) : (List<?>) value;
        List<@Nullable Object> cells = new ArrayList<>();
        values.forEach(v -> cells.add(inside(v, element)));
        return VectorUtils.buildArrayValue(cells, element);
    }

    private static BigDecimal fitting(BigDecimal value, DataType type) {
        var decimal = (io.delta.kernel.types.DecimalType) type;
        BigDecimal scaled = value.setScale(decimal.getScale(), java.math.RoundingMode.UNNECESSARY);
        if (scaled.precision() > decimal.getPrecision()) {
            throw new ArithmeticException("A decimal has more digits than its column.");
        }
        return scaled;
    }
}
