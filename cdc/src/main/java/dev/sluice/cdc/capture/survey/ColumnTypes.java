package dev.sluice.cdc.capture.survey;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import java.util.List;
import java.util.Map;

/** Turns a type of PostgreSQL into the type that the line sees after capture. */
final class ColumnTypes {

    private static final String ENUM = "e";
    private static final int MODIFIER_HEADER = 4;
    private static final int MOST_PRECISION = 1000;

    private static final Map<String, TypeKind> BY_NAME = Map.ofEntries(
            Map.entry("int2", TypeKind.INT32),
            Map.entry("int4", TypeKind.INT32),
            Map.entry("int8", TypeKind.INT64),
            Map.entry("oid", TypeKind.INT64),
            Map.entry("float4", TypeKind.FLOAT32),
            Map.entry("float8", TypeKind.FLOAT64),
            Map.entry("bool", TypeKind.BOOLEAN),
            Map.entry("bytea", TypeKind.BYTES),
            Map.entry("date", TypeKind.DATE),
            Map.entry("time", TypeKind.TIME),
            Map.entry("timetz", TypeKind.TIME_WITH_ZONE),
            Map.entry("timestamp", TypeKind.TIMESTAMP),
            Map.entry("timestamptz", TypeKind.INSTANT),
            Map.entry("interval", TypeKind.INTERVAL),
            Map.entry("uuid", TypeKind.UUID),
            Map.entry("json", TypeKind.JSON),
            Map.entry("jsonb", TypeKind.JSON),
            Map.entry("hstore", TypeKind.JSON));

    private ColumnTypes() {}

    /**
     * A type as {@code pg_type} has it, domains already replaced by what they are made of.
     *
     * @param name {@code typname}; of an array the one of its elements
     * @param sort {@code typtype}; of an array the one of its elements
     * @param array whether it is an array
     * @param modifier {@code atttypmod}, -1 for none
     */
    record ServerType(String name, String sort, boolean array, int modifier) {}

    /** The type that the line sees; a type that it has no kind for comes as the server's text. */
    static DataType of(ServerType type) {
        return type.array() ? DataType.array(element(type)) : single(type);
    }

    private static DataType element(ServerType type) {
        boolean text = type.sort().equals(ENUM)
                || type.name().equals("bit")
                || type.name().equals("hstore");
        return text ? DataType.of(TypeKind.TEXT) : single(type);
    }

    private static DataType single(ServerType type) {
        if (type.sort().equals(ENUM)) {
            return DataType.enumeration(List.of());
        }
        return switch (type.name()) {
            case "numeric" -> numeric(type.modifier());
            case "money" -> DataType.decimal(19, 2);
            case "bit" -> DataType.of(type.modifier() == 1 ? TypeKind.BOOLEAN : TypeKind.TEXT);
            default -> DataType.of(BY_NAME.getOrDefault(type.name(), TypeKind.TEXT));
        };
    }

    /** The modifier holds precision and scale as two halves, plus the length of a header. */
    private static DataType numeric(int modifier) {
        int packed = modifier - MODIFIER_HEADER;
        int precision = packed >> 16 & 0xFFFF;
        int scale = packed & 0x7FF;
        boolean declared = modifier >= MODIFIER_HEADER && precision <= MOST_PRECISION && scale <= precision;
        return declared ? DataType.decimal(precision, scale) : DataType.of(TypeKind.BIG_DECIMAL);
    }
}
