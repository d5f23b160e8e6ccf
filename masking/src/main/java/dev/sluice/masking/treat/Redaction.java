package dev.sluice.masking.treat;

import dev.sluice.cdc.event.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

/** Gives the constant that stands for every value of a type. Whether there was a value at all stays visible. */
final class Redaction {

    private static final LocalDate DAY = LocalDate.of(1900, 1, 1);

    private Redaction() {}

    /** The constant of the type that leaves; {@code phrase} for text. */
    static Object constant(DataType output, String phrase) {
        return switch (output.kind()) {
            case BOOLEAN -> false;
            case INT32 -> 0;
            case INT64 -> 0L;
            case FLOAT32 -> 0f;
            case FLOAT64 -> 0d;
            case DECIMAL -> BigDecimal.ZERO.setScale(output.scale());
            case BIG_DECIMAL -> BigDecimal.ZERO;
            case TEXT -> phrase;
            case BYTES -> new byte[0];
            case ARRAY -> List.of();
            case UUID -> "00000000-0000-0000-0000-000000000000";
            case JSON -> "{}";
            case DATE, TIME, TIMESTAMP, INSTANT -> moment(output.kind());
            case ENUM, INTERVAL, TIME_WITH_ZONE -> throw new IllegalArgumentException(
                    "The type " + output.describe() + " has no constant; its redacted values leave as text.");
        };
    }

    private static Object moment(DataType.TypeKind kind) {
        return switch (kind) {
            case DATE -> DAY;
            case TIME -> LocalTime.MIDNIGHT;
            case TIMESTAMP -> LocalDateTime.of(DAY, LocalTime.MIDNIGHT);
            default -> Instant.parse("1900-01-01T00:00:00Z");
        };
    }
}
