package dev.sluice.cdc.decode.avro;

import dev.sluice.cdc.decode.avro.AvroColumn.Unsent;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DataType.TypeKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the writer schema of a column to its type and its reader. The semantic type is Connect's name ({@code
 * connect.name}) where the schema has one, else Avro's logical type, else the plain Avro type. A semantic type on the
 * wrong Avro type is {@link DecodeCode#LOGICAL_TYPE}; one that has no {@link DataType} is {@link
 * DecodeCode#UNSUPPORTED_TYPE}.
 */
public final class ColumnCompiler {

    private static final Map<String, Semantic> BY_CONNECT_NAME = Map.ofEntries(
            semantic("io.debezium.time.Date", Schema.Type.INT, TypeKind.DATE, TemporalReaders::date),
            semantic("org.apache.kafka.connect.data.Date", Schema.Type.INT, TypeKind.DATE, TemporalReaders::date),
            semantic("io.debezium.time.Time", Schema.Type.INT, TypeKind.TIME, TemporalReaders::timeMillis),
            semantic("org.apache.kafka.connect.data.Time", Schema.Type.INT, TypeKind.TIME, TemporalReaders::timeMillis),
            semantic("io.debezium.time.MicroTime", Schema.Type.LONG, TypeKind.TIME, TemporalReaders::timeMicros),
            semantic("io.debezium.time.NanoTime", Schema.Type.LONG, TypeKind.TIME, TemporalReaders::timeNanos),
            semantic(
                    "io.debezium.time.Timestamp",
                    Schema.Type.LONG,
                    TypeKind.TIMESTAMP,
                    TemporalReaders::timestampMillis),
            semantic(
                    "org.apache.kafka.connect.data.Timestamp",
                    Schema.Type.LONG,
                    TypeKind.TIMESTAMP,
                    TemporalReaders::timestampMillis),
            semantic(
                    "io.debezium.time.MicroTimestamp",
                    Schema.Type.LONG,
                    TypeKind.TIMESTAMP,
                    TemporalReaders::timestampMicros),
            semantic(
                    "io.debezium.time.NanoTimestamp",
                    Schema.Type.LONG,
                    TypeKind.TIMESTAMP,
                    TemporalReaders::timestampNanos),
            semantic(
                    "io.debezium.time.ZonedTimestamp",
                    Schema.Type.STRING,
                    TypeKind.INSTANT,
                    TemporalReaders::zonedTimestamp),
            semantic(
                    "io.debezium.time.ZonedTime",
                    Schema.Type.STRING,
                    TypeKind.TIME_WITH_ZONE,
                    TemporalReaders::zonedTime),
            semantic("io.debezium.time.Interval", Schema.Type.STRING, TypeKind.INTERVAL, TemporalReaders::interval),
            semantic("io.debezium.time.MicroDuration", Schema.Type.LONG, TypeKind.INT64, AvroInput::readLong),
            semantic("io.debezium.time.NanoDuration", Schema.Type.LONG, TypeKind.INT64, AvroInput::readLong),
            semantic("io.debezium.time.IsoDate", Schema.Type.STRING, TypeKind.DATE, TemporalReaders::isoDate),
            semantic("io.debezium.time.IsoTime", Schema.Type.STRING, TypeKind.TIME, TemporalReaders::isoTime),
            semantic(
                    "io.debezium.time.IsoTimestamp",
                    Schema.Type.STRING,
                    TypeKind.TIMESTAMP,
                    TemporalReaders::isoTimestamp),
            semantic("io.debezium.time.Year", Schema.Type.INT, TypeKind.INT32, AvroInput::readInt),
            semantic("io.debezium.data.Uuid", Schema.Type.STRING, TypeKind.UUID, TextReaders::uuid),
            semantic("io.debezium.data.Json", Schema.Type.STRING, TypeKind.JSON, AvroInput::readString),
            semantic("io.debezium.data.Bits", Schema.Type.BYTES, TypeKind.BYTES, AvroInput::readBytes));

    private static final Map<String, Semantic> BY_LOGICAL_TYPE = Map.ofEntries(
            semantic("date", Schema.Type.INT, TypeKind.DATE, TemporalReaders::date),
            semantic("time-millis", Schema.Type.INT, TypeKind.TIME, TemporalReaders::timeMillis),
            semantic("time-micros", Schema.Type.LONG, TypeKind.TIME, TemporalReaders::timeMicros),
            semantic("timestamp-millis", Schema.Type.LONG, TypeKind.INSTANT, TemporalReaders::instantMillis),
            semantic("timestamp-micros", Schema.Type.LONG, TypeKind.INSTANT, TemporalReaders::instantMicros),
            semantic("local-timestamp-millis", Schema.Type.LONG, TypeKind.TIMESTAMP, TemporalReaders::timestampMillis),
            semantic("local-timestamp-micros", Schema.Type.LONG, TypeKind.TIMESTAMP, TemporalReaders::timestampMicros),
            semantic("uuid", Schema.Type.STRING, TypeKind.UUID, TextReaders::uuid));

    // Elements of the arrays whose stand-in Debezium has: text, varchar, char, json, jsonb, bytea, integer, bigint,
    // date and uuid.
    private static final Set<TypeKind> STAND_IN_ELEMENTS = EnumSet.of(
            TypeKind.TEXT, TypeKind.JSON, TypeKind.BYTES, TypeKind.INT32, TypeKind.INT64, TypeKind.DATE, TypeKind.UUID);

    /** The parameter of {@code datatype.propagate.source.type} with the type's name, and the arrays with a stand-in. */
    static final String SOURCE_TYPE = "__debezium.source.column.type";

    private static final Set<String> STAND_IN_TYPES =
            Set.of("_TEXT", "_VARCHAR", "_BPCHAR", "_JSON", "_JSONB", "_BYTEA", "_INT4", "_INT8", "_DATE", "_UUID");

    private ColumnCompiler() {}

    private record Semantic(Schema.Type wire, TypeKind kind, ColumnReader reader) {}

    private static Map.Entry<String, Semantic> semantic(
            String name, Schema.Type wire, TypeKind kind, ColumnReader reader) {
        return Map.entry(name, new Semantic(wire, kind, reader));
    }

    /**
     * The column of that field.
     *
     * @throws BadRecord when the type cannot be read, with the column in its path
     */
    public static AvroColumn column(String name, Schema schema) {
        try {
            return any(name, schema);
        } catch (BadRecord e) {
            throw e.in(name);
        }
    }

    private static AvroColumn any(String name, Schema schema) {
        return schema.getType() == Schema.Type.UNION ? union(name, schema.getTypes()) : value(name, schema);
    }

    private static AvroColumn union(String name, List<Schema> choices) {
        List<Schema> values =
                choices.stream().filter(s -> s.getType() != Schema.Type.NULL).toList();
        if (values.size() != 1 || choices.size() > 2) {
            throw BadRecord.of(DecodeCode.UNSUPPORTED_TYPE, "union of several types");
        }
        AvroColumn column = value(name, values.get(0));
        int number = choices.size();
        int valueIndex = choices.indexOf(values.get(0));
        ColumnReader reader = column.reader();
        return new AvroColumn(
                name,
                column.type(),
                number == 2,
                column.unsent(),
                in -> in.readIndex(number) == valueIndex ? reader.read(in) : null);
    }

    private static AvroColumn value(String name, Schema schema) {
        String connect = schema.getProp("connect.name");
        return TextReaders.exact(name, schema)
                .orElseGet(() -> connect == null ? avroNamed(name, schema) : connectNamed(name, schema, connect));
    }

    private static AvroColumn connectNamed(String name, Schema schema, String connect) {
        if (BY_CONNECT_NAME.containsKey(connect)) {
            return semantic(name, schema, BY_CONNECT_NAME.get(connect));
        }
        if (connect.equals(DecimalReaders.DECIMAL)) {
            return decimal(name, schema);
        }
        if (schema.getType() == Schema.Type.RECORD) {
            return structure(name, schema, connect);
        }
        if (connect.startsWith("io.debezium.time.") || connect.equals(DecimalReaders.VARIABLE)) {
            throw BadRecord.of(DecodeCode.UNSUPPORTED_TYPE, "semantic type " + connect);
        }
        return plain(name, schema);
    }

    private static AvroColumn structure(String name, Schema schema, String connect) {
        if (connect.equals(DecimalReaders.VARIABLE)) {
            return DecimalReaders.variable(name, schema);
        }
        return GeometryReaders.reads(connect) ? GeometryReaders.geometry(name, schema) : plain(name, schema);
    }

    private static AvroColumn avroNamed(String name, Schema schema) {
        String logical = schema.getProp("logicalType");
        if ("decimal".equals(logical)) {
            return decimal(name, schema);
        }
        if (logical != null && BY_LOGICAL_TYPE.containsKey(logical)) {
            return semantic(name, schema, BY_LOGICAL_TYPE.get(logical));
        }
        return plain(name, schema);
    }

    private static AvroColumn semantic(String name, Schema schema, @Nullable Semantic semantic) {
        if (semantic == null || schema.getType() != semantic.wire()) {
            throw BadRecord.of(
                    DecodeCode.LOGICAL_TYPE,
                    "semantic type on Avro type " + schema.getType().getName());
        }
        Unsent unsent =
                switch (semantic.kind()) {
                    case JSON -> Unsent.STAND_IN;
                    case BYTES -> bitsUnsent(schema);
                    default -> Unsent.NEVER;
                };
        return new AvroColumn(name, DataType.of(semantic.kind()), false, unsent, semantic.reader());
    }

    /** PostgreSQL never stores a bit string apart when it is shorter than the pointer to a value stored apart. */
    private static Unsent bitsUnsent(Schema schema) {
        Object parameters = schema.getObjectProp("connect.parameters");
        Object length = parameters instanceof Map<?, ?> map ? map.get("length") : null;
        boolean narrow = length != null && length.toString().matches("[1-9]|[1-5][0-9]|6[0-4]");
        return narrow ? Unsent.NEVER : Unsent.SILENT;
    }

    private static AvroColumn decimal(String name, Schema schema) {
        if (schema.getType() != Schema.Type.BYTES && schema.getType() != Schema.Type.FIXED) {
            throw BadRecord.of(
                    DecodeCode.LOGICAL_TYPE,
                    "decimal on Avro type " + schema.getType().getName());
        }
        return DecimalReaders.declared(name, schema);
    }

    private static AvroColumn plain(String name, Schema schema) {
        return switch (schema.getType()) {
            case BOOLEAN -> new AvroColumn(
                    name, DataType.of(TypeKind.BOOLEAN), false, Unsent.NEVER, AvroInput::readBoolean);
            case INT -> new AvroColumn(name, DataType.of(TypeKind.INT32), false, Unsent.NEVER, integer(schema));
            case LONG -> DecimalReaders.whole(name, schema);
            case FLOAT -> new AvroColumn(
                    name, DataType.of(TypeKind.FLOAT32), false, Unsent.NEVER, AvroInput::readFloat);
            case DOUBLE -> new AvroColumn(
                    name, DataType.of(TypeKind.FLOAT64), false, Unsent.NEVER, AvroInput::readDouble);
            case STRING -> TextReaders.text(name, schema);
            case BYTES -> new AvroColumn(
                    name, DataType.of(TypeKind.BYTES), false, Unsent.STAND_IN, AvroInput::readBytes);
            case FIXED -> fixed(name, schema.getFixedSize());
            case ENUM -> TextReaders.symbols(name, schema.getEnumSymbols());
            case ARRAY -> array(name, schema);
            case MAP -> TextReaders.map(name, schema.getValueType());
            case NULL, RECORD, UNION -> throw BadRecord.of(
                    DecodeCode.UNSUPPORTED_TYPE,
                    "Avro " + schema.getType().getName() + " "
                            + (schema.getProp("connect.name") == null ? "" : schema.getProp("connect.name")));
        };
    }

    private static ColumnReader integer(Schema schema) {
        String connect = schema.getProp("connect.type");
        if ("int16".equals(connect)) {
            return in -> narrow(in, in.readInt(), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        if ("int8".equals(connect)) {
            return in -> narrow(in, in.readInt(), Byte.MIN_VALUE, Byte.MAX_VALUE);
        }
        return AvroInput::readInt;
    }

    private static Integer narrow(AvroInput in, int value, int least, int most) {
        if (value < least || value > most) {
            throw in.bad(DecodeCode.LOGICAL_TYPE, "number outside its declared width");
        }
        return value;
    }

    private static AvroColumn fixed(String name, int size) {
        return new AvroColumn(name, DataType.of(TypeKind.BYTES), false, Unsent.STAND_IN, in -> in.readFixed(size));
    }

    private static AvroColumn array(String name, Schema schema) {
        Schema elementSchema = schema.getElementType();
        AvroColumn element = any("[]", elementSchema);
        ColumnReader reader = element.reader();
        Unsent unsent = arrayUnsent(schema, element.type().kind());
        return new AvroColumn(name, DataType.array(element.type()), false, unsent, in -> {
            List<@Nullable Object> values = new ArrayList<>();
            in.readBlocks(() -> values.add(reader.read(in)));
            return values;
        });
    }

    /**
     * What stands for an array that was not sent. An array of texts may be of a type that has the stand-in, such as
     * text, or of one that has none, such as citext, inet or a range; an array of long numbers may be one of oid. Only
     * the name of the source's type tells, when the connector propagates it.
     */
    private static Unsent arrayUnsent(Schema array, TypeKind element) {
        boolean narrow = array.getElementType().toString().contains("\"connect.type\":\"int16\"");
        if (!STAND_IN_ELEMENTS.contains(element) || narrow) {
            return Unsent.SILENT;
        }
        Object type = array.getObjectProp("connect.parameters") instanceof Map<?, ?> map ? map.get(SOURCE_TYPE) : null;
        if (type != null) {
            return STAND_IN_TYPES.contains(type.toString().toUpperCase(Locale.ROOT)) ? Unsent.STAND_IN : Unsent.SILENT;
        }
        return element == TypeKind.TEXT || element == TypeKind.INT64 ? Unsent.EITHER : Unsent.STAND_IN;
    }
}
