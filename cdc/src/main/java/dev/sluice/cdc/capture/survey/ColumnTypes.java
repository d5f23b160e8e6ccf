package dev.sluice.cdc.capture.survey;

import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            Map.entry("text", TypeKind.TEXT),
            Map.entry("varchar", TypeKind.TEXT),
            Map.entry("bpchar", TypeKind.TEXT),
            Map.entry("citext", TypeKind.TEXT),
            Map.entry("xml", TypeKind.TEXT),
            Map.entry("inet", TypeKind.TEXT),
            Map.entry("cidr", TypeKind.TEXT),
            Map.entry("macaddr", TypeKind.TEXT),
            Map.entry("bytea", TypeKind.BYTES),
            Map.entry("varbit", TypeKind.BYTES),
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

    /** The type that the line sees; empty when the line does not know the type. */
    static Optional<DataType> of(ServerType type) {
        Optional<DataType> element = element(type);
        return type.array() ? element.map(DataType::array) : element;
    }

    private static Optional<DataType> element(ServerType type) {
        if (type.sort().equals(ENUM)) {
            return Optional.of(DataType.enumeration(List.of()));
        }
        return switch (type.name()) {
            case "numeric" -> Optional.of(numeric(type.modifier()));
            case "money" -> Optional.of(DataType.decimal(19, 2));
            case "bit" -> Optional.of(DataType.of(type.modifier() == 1 ? TypeKind.BOOLEAN : TypeKind.BYTES));
            default -> Optional.ofNullable(BY_NAME.get(type.name())).map(DataType::of);
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
