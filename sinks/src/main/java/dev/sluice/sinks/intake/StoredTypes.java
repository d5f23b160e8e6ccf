package dev.sluice.sinks.intake;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.sinks.history.Image;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Says how values are stored in tables: the column type for a field's type, and the stored form of a value.
 *
 * <p>Decimals up to 38 digits stay decimals, wider and unbounded ones are texts; a time of day is its microseconds
 * since midnight; a timestamp without zone is {@code timestamp_ntz}, one with zone is {@code timestamp}; time with
 * zone, interval, uuid, json and enum are texts.
 */
public final class StoredTypes {

    private static final int WIDEST_DECIMAL = 38;

    private StoredTypes() {}

    /** The column type. */
    public static org.apache.spark.sql.types.DataType column(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> DataTypes.BooleanType;
            case INT32 -> DataTypes.IntegerType;
            case INT64, TIME -> DataTypes.LongType;
            case FLOAT32 -> DataTypes.FloatType;
            case FLOAT64 -> DataTypes.DoubleType;
            case DECIMAL -> fits(type)
                    ? DataTypes.createDecimalType(type.precision(), type.scale())
                    : DataTypes.StringType;
            case BYTES -> DataTypes.BinaryType;
            case DATE -> DataTypes.DateType;
            case TIMESTAMP -> DataTypes.TimestampNTZType;
            case INSTANT -> DataTypes.TimestampType;
            case ARRAY -> DataTypes.createArrayType(column(element(type)), true);
            case BIG_DECIMAL, TEXT, TIME_WITH_ZONE, INTERVAL, UUID, JSON, ENUM -> DataTypes.StringType;
        };
    }

    /**
     * Returns the image of a row; values that the source did not send stay absent. The image before the change does not
     * fill them, because no record says whether the source wrote that image whole. In an image that is not whole, a
     * column that was not sent is null, or zero or an empty text when the column is never null. A connector that gets
     * whole images has filled the row already.
     */
    public static Image image(Row row) {
        RowSchema schema = row.schema();
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
            Field field = schema.fields().get(i);
            values.put(field.name(), stored(row.value(i), field.type()));
        }
        return Image.of(values);
    }

    /** The stored form of a value of that type; null and absent stay what they are. */
    static @Nullable Object stored(@Nullable Object value, DataType type) {
        if (value == null || value == Absent.VALUE) {
            return value;
        }
        return switch (type.kind()) {
            case TIME -> ((LocalTime) value).toNanoOfDay() / 1000;
            case BIG_DECIMAL -> ((BigDecimal) value).toPlainString();
            case DECIMAL -> fits(type) ? value : ((BigDecimal) value).toPlainString();
            case ARRAY -> list((List<?>) value, element(type));
            default -> value;
        };
    }

    private static List<@Nullable Object> list(List<?> values, DataType element) {
        List<@Nullable Object> stored = new ArrayList<>(values.size());
        for (Object value : values) {
            stored.add(stored(value, element));
        }
        return stored;
    }

    private static boolean fits(DataType type) {
        return type.precision() > 0
                && type.precision() <= WIDEST_DECIMAL
                && type.scale() >= 0
                && type.scale() <= type.precision();
    }

    private static DataType element(DataType type) {
        DataType element = type.element();
        if (element == null) {
            throw new IllegalArgumentException("An array type has no element type.");
        }
        return element;
    }
}
