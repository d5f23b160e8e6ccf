package dev.sluice.sinks;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One column of every type, with values at the edges. */
public final class TypesZoo {

    private TypesZoo() {}

    private static final Map<DataType, Object[]> VALUES = values();

    private static Map<DataType, Object[]> values() {
        Map<DataType, Object[]> values = new LinkedHashMap<>();
        values.put(DataType.of(TypeKind.BOOLEAN), new Object[] {true, false});
        values.put(DataType.of(TypeKind.INT32), new Object[] {Integer.MIN_VALUE, 7});
        values.put(DataType.of(TypeKind.INT64), new Object[] {Long.MIN_VALUE, 7L});
        values.put(DataType.of(TypeKind.FLOAT32), new Object[] {Float.NaN, -0.0f});
        values.put(DataType.of(TypeKind.FLOAT64), new Object[] {Double.NEGATIVE_INFINITY, -0.0});
        values.put(DataType.decimal(10, 2), new Object[] {new BigDecimal("-12345678.90"), new BigDecimal("0.00")});
        values.put(DataType.decimal(38, 0), new Object[] {new BigDecimal("9".repeat(38)), BigDecimal.ONE});
        values.put(
                DataType.decimal(50, 3),
                new Object[] {new BigDecimal("9".repeat(47) + ".001"), new BigDecimal("1.000")});
        values.put(DataType.of(TypeKind.BIG_DECIMAL), new Object[] {new BigDecimal("1E+40"), new BigDecimal("1.10")});
        values.put(DataType.of(TypeKind.TEXT), new Object[] {"", "a\u0000\uD83D\uDE00'`"});
        values.put(DataType.of(TypeKind.BYTES), new Object[] {new byte[0], new byte[] {0, -1, 7}});
        values.put(DataType.of(TypeKind.DATE), new Object[] {LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31)});
        values.put(DataType.of(TypeKind.TIME), new Object[] {LocalTime.MIN, LocalTime.of(23, 59, 59, 999_999_000)});
        values.put(
                DataType.of(TypeKind.TIMESTAMP),
                new Object[] {LocalDateTime.of(1500, 3, 1, 0, 0, 0, 1_000), LocalDateTime.of(2026, 3, 29, 2, 30)});
        values.put(DataType.of(TypeKind.INSTANT), new Object[] {
            Instant.parse("1500-03-01T00:00:00.000001Z"), Instant.parse("2026-03-29T01:30:00.123456Z")
        });
        values.put(DataType.of(TypeKind.TIME_WITH_ZONE), new Object[] {"10:00:00+02:00", "10:00:00Z"});
        values.put(DataType.of(TypeKind.INTERVAL), new Object[] {"P1DT2H", "PT0S"});
        values.put(
                DataType.of(TypeKind.UUID),
                new Object[] {"00000000-0000-0000-0000-000000000000", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"});
        values.put(DataType.of(TypeKind.JSON), new Object[] {"null", "{\"a\":[1]}"});
        values.put(DataType.enumeration(List.of("red", "blue")), new Object[] {"red", "blue"});
        values.put(DataType.array(DataType.of(TypeKind.TEXT)), new Object[] {List.of(), Arrays.asList("x", null, "")});
        values.put(
                DataType.array(DataType.of(TypeKind.INSTANT)),
                new Object[] {List.of(Instant.parse("2026-03-29T01:30:00.123456Z")), Arrays.asList((Object) null)});
        values.put(
                DataType.array(DataType.of(TypeKind.DATE)),
                new Object[] {List.of(LocalDate.of(2020, 2, 29)), List.of(LocalDate.of(1969, 12, 31))});
        values.put(
                DataType.array(DataType.decimal(10, 2)),
                new Object[] {List.of(new BigDecimal("1.50")), List.of(new BigDecimal("-0.01"))});
        values.put(
                DataType.array(DataType.array(DataType.of(TypeKind.INT32))),
                new Object[] {List.of(List.of(1, 2), List.of()), List.of()});
        values.put(
                DataType.array(DataType.of(TypeKind.BYTES)),
                new Object[] {Arrays.asList(new byte[] {0, -1}, null, new byte[0]), List.of(new byte[] {7})});
        values.put(
                DataType.array(DataType.array(DataType.of(TypeKind.BYTES))),
                new Object[] {List.of(List.of(new byte[] {1}), List.of()), List.of(List.of(new byte[] {2}))});
        return values;
    }

    /** The columns: a key, then {@code c0}, {@code c1} and so on. */
    public static RowSchema schema() {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("id", DataType.of(TypeKind.INT64), false, true));
        VALUES.keySet().forEach(type -> fields.add(new Field("c" + (fields.size() - 1), type, true, false)));
        return RowSchema.of(fields);
    }

    /** The first, the second or (2) no value of every type. */
    public static Object[] row(int which) {
        return VALUES.values().stream().map(v -> which == 2 ? null : v[which]).toArray();
    }
}
