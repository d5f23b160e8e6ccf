package dev.sluice.masking.treat;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import dev.sluice.policy.decision.Treatment;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Types, values and treatments of every kind. */
public final class Samples {

    private Samples() {}

    public static DataType type(TypeKind kind) {
        return switch (kind) {
            case DECIMAL -> DataType.decimal(10, 2);
            case ENUM -> DataType.enumeration(List.of("a", "b", "c", "d"));
            case ARRAY -> DataType.array(DataType.array(DataType.of(TypeKind.INT32)));
            default -> DataType.of(kind);
        };
    }

    /** A value that depends on the number. */
    public static Object value(TypeKind kind, int n) {
        return switch (kind) {
            case BOOLEAN -> n % 2 == 0;
            case INT32 -> n;
            case INT64 -> (long) n << 33;
            case FLOAT32 -> n / 3f;
            case FLOAT64 -> n / 3d;
            case DECIMAL -> BigDecimal.valueOf(n, 2);
            case BIG_DECIMAL -> BigDecimal.valueOf(n, n % 7);
            case TEXT -> "text " + n;
            case BYTES -> new byte[] {(byte) n, (byte) (n >> 8)};
            case ARRAY -> List.of(List.of(n), new ArrayList<Integer>());
            case DATE -> LocalDate.ofEpochDay(n);
            case TIME -> LocalTime.ofSecondOfDay(n % 86_400);
            case TIMESTAMP -> LocalDateTime.of(2000, 1, 1, 0, 0).plusSeconds(n);
            case INSTANT -> Instant.ofEpochSecond(n, 1000);
            case TIME_WITH_ZONE -> LocalTime.ofSecondOfDay(n % 86_400) + "Z";
            case INTERVAL -> "P" + n + "D";
            case UUID -> new UUID(n, n).toString();
            case JSON -> "{\"n\":" + n + "}";
            case ENUM -> List.of("a", "b", "c", "d").get(n % 4);
        };
    }

    /** One treatment of every kind that fits the type and leaves a column. */
    public static List<Treatment> treatments(TypeKind kind) {
        List<Treatment> all = List.of(
                Treatment.of(Treatment.Kind.KEEP),
                new Treatment(Treatment.Kind.GENERALIZE, Map.of("truncate", "month")),
                new Treatment(Treatment.Kind.GENERALIZE, Map.of("part", "year")),
                new Treatment(Treatment.Kind.GENERALIZE, Map.of("bucket", "10")),
                new Treatment(Treatment.Kind.PARTIAL, Map.of("keep_first", "1")),
                Treatment.hmac("domain"),
                Treatment.of(Treatment.Kind.ENCRYPT),
                Treatment.of(Treatment.Kind.QUARANTINE),
                Treatment.of(Treatment.Kind.REDACT),
                Treatment.of(Treatment.Kind.NULL));
        dev.sluice.cdc.event.Field field = new dev.sluice.cdc.event.Field("f", type(kind), true, false);
        return all.stream().filter(t -> t.problems(field).isEmpty()).toList();
    }
}
