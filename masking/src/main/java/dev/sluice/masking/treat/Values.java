package dev.sluice.masking.treat;

import dev.sluice.cdc.event.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

/** Decides whether a Java value belongs to a type. */
public final class Values {

    private Values() {}

    /** Whether the value, which is not null and not absent, is one of the type. */
    public static boolean fit(DataType type, Object value) {
        return switch (type.kind()) {
            case DECIMAL -> value instanceof BigDecimal number && number.scale() == type.scale();
            case ARRAY -> value instanceof List<?> list && elementsFit(type, list);
            default -> classOf(type.kind()).isInstance(value);
        };
    }

    private static boolean elementsFit(DataType type, List<?> list) {
        DataType element = type.element();
        return element != null && list.stream().allMatch(e -> e == null || fit(element, e));
    }

    private static Class<?> classOf(DataType.TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> Boolean.class;
            case INT32 -> Integer.class;
            case INT64 -> Long.class;
            case FLOAT32 -> Float.class;
            case FLOAT64 -> Double.class;
            case DECIMAL, BIG_DECIMAL -> BigDecimal.class;
            case TEXT, TIME_WITH_ZONE, INTERVAL, UUID, JSON, ENUM -> String.class;
            case BYTES -> byte[].class;
            case DATE -> LocalDate.class;
            case TIME -> LocalTime.class;
            case TIMESTAMP -> LocalDateTime.class;
            case INSTANT -> Instant.class;
            case ARRAY -> List.class;
        };
    }
}
