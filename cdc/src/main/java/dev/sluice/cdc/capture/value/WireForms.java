package dev.sluice.cdc.capture.value;

import dev.sluice.cdc.event.DataType.TypeKind;
import dev.sluice.cdc.exact.ExactType;
import io.debezium.data.Enum;
import io.debezium.data.Json;
import io.debezium.data.Uuid;
import io.debezium.spi.converter.RelationalColumn;
import io.debezium.time.Date;
import io.debezium.time.Interval;
import io.debezium.time.MicroTime;
import io.debezium.time.ZonedTime;
import io.debezium.time.ZonedTimestamp;
import java.sql.Types;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.postgresql.core.Oid;

/** Chooses the form of a column by its type; a type without a form of its own is text. */
final class WireForms {

    private static final int FIRST_TYPE_OF_USERS = 16_384;
    private static final int MONEY_DIGITS = 19;
    private static final int MONEY_SCALE = 2;
    private static final int MOST_PRECISION = 1_000;

    private static final WireForm BIT = new WireForm(SchemaBuilder::bool, PlainValues::bit);
    private static final WireForm TEXT = new WireForm(SchemaBuilder::string, ExactTexts::text);

    private static final Map<Integer, WireForm> BY_TYPE = Map.ofEntries(
            Map.entry(Oid.BOOL, new WireForm(SchemaBuilder::bool, PlainValues::truth)),
            Map.entry(Oid.INT2, new WireForm(SchemaBuilder::int16, PlainValues::int16)),
            Map.entry(Oid.INT4, new WireForm(SchemaBuilder::int32, PlainValues::int32)),
            Map.entry(Oid.INT8, new WireForm(SchemaBuilder::int64, PlainValues::int64)),
            Map.entry(Oid.OID, new WireForm(SchemaBuilder::int64, PlainValues::int64)),
            Map.entry(Oid.FLOAT4, new WireForm(SchemaBuilder::float32, PlainValues::float32)),
            Map.entry(Oid.FLOAT8, new WireForm(SchemaBuilder::float64, PlainValues::float64)),
            Map.entry(Oid.BYTEA, new WireForm(SchemaBuilder::bytes, PlainValues::bytes)),
            Map.entry(Oid.UUID, new WireForm(Uuid::builder, ExactTexts::text)),
            Map.entry(Oid.JSON, new WireForm(Json::builder, ExactTexts::text)),
            Map.entry(Oid.JSONB, new WireForm(Json::builder, ExactTexts::text)),
            Map.entry(Oid.MONEY, numeric(OptionalInt.of(MONEY_DIGITS), OptionalInt.of(MONEY_SCALE))),
            Map.entry(Oid.DATE, new WireForm(Date::builder, TemporalValues::date)),
            Map.entry(Oid.TIME, new WireForm(MicroTime::builder, TemporalValues::time)),
            Map.entry(Oid.TIMETZ, new WireForm(ZonedTime::builder, TemporalValues::timeWithZone)),
            Map.entry(Oid.TIMESTAMP, named(ExactType.TIMESTAMP, TemporalValues::timestamp)),
            Map.entry(Oid.TIMESTAMPTZ, new WireForm(ZonedTimestamp::builder, TemporalValues::instant)),
            Map.entry(Oid.INTERVAL, new WireForm(Interval::builder, TemporalValues::interval)));

    private static final Map<Integer, TypeKind> ELEMENTS = Map.ofEntries(
            Map.entry(Oid.BOOL_ARRAY, TypeKind.BOOLEAN),
            Map.entry(Oid.INT2_ARRAY, TypeKind.INT32),
            Map.entry(Oid.INT4_ARRAY, TypeKind.INT32),
            Map.entry(Oid.INT8_ARRAY, TypeKind.INT64),
            Map.entry(Oid.OID_ARRAY, TypeKind.INT64),
            Map.entry(Oid.FLOAT4_ARRAY, TypeKind.FLOAT32),
            Map.entry(Oid.FLOAT8_ARRAY, TypeKind.FLOAT64),
            Map.entry(Oid.BYTEA_ARRAY, TypeKind.BYTES),
            Map.entry(Oid.UUID_ARRAY, TypeKind.UUID),
            Map.entry(Oid.JSON_ARRAY, TypeKind.JSON),
            Map.entry(Oid.JSONB_ARRAY, TypeKind.JSON),
            Map.entry(Oid.NUMERIC_ARRAY, TypeKind.DECIMAL),
            Map.entry(Oid.MONEY_ARRAY, TypeKind.DECIMAL),
            Map.entry(Oid.DATE_ARRAY, TypeKind.DATE),
            Map.entry(Oid.TIME_ARRAY, TypeKind.TIME),
            Map.entry(Oid.TIMETZ_ARRAY, TypeKind.TIME_WITH_ZONE),
            Map.entry(Oid.TIMESTAMP_ARRAY, TypeKind.TIMESTAMP),
            Map.entry(Oid.TIMESTAMPTZ_ARRAY, TypeKind.INSTANT),
            Map.entry(Oid.INTERVAL_ARRAY, TypeKind.INTERVAL));

    private WireForms() {}

    /**
     * The form of that column; empty when the engine's own is right.
     *
     * @param arraysInside whether it is an array that is declared with several dimensions
     * @param labels the labels of an enumeration with commas between them, empty when they are not known
     */
    static Optional<WireForm> of(RelationalColumn column, boolean arraysInside, String labels) {
        if (column.jdbcType() == Types.ARRAY) {
            return Optional.of(arraysInside ? TEXT : array(column.nativeType(), column));
        }
        if (unqualified(column.typeName()).equals("hstore")) {
            return Optional.empty();
        }
        boolean enumeration = column.nativeType() >= FIRST_TYPE_OF_USERS && column.jdbcType() == Types.VARCHAR;
        return Optional.of(enumeration ? new WireForm(() -> Enum.builder(labels), ExactTexts::text) : single(column));
    }

    private static WireForm single(RelationalColumn column) {
        int type = column.nativeType();
        if (type == Oid.NUMERIC) {
            return numeric(precision(column), column.scale());
        }
        boolean oneBit = type == Oid.BIT && column.length().orElse(1) == 1;
        return oneBit ? BIT : BY_TYPE.getOrDefault(type, TEXT);
    }

    private static String unqualified(String typeName) {
        return typeName.substring(typeName.lastIndexOf('.') + 1).replace("\"", "");
    }

    private static WireForm array(int type, RelationalColumn column) {
        TypeKind element = ELEMENTS.getOrDefault(type, TypeKind.TEXT);
        boolean money = type == Oid.MONEY_ARRAY;
        OptionalInt precision = money ? OptionalInt.of(MONEY_DIGITS) : precision(column);
        OptionalInt scale = money ? OptionalInt.of(MONEY_SCALE) : column.scale();
        return new WireForm(
                () -> {
                    SchemaBuilder schema =
                            SchemaBuilder.string().name(ExactType.ARRAY).parameter(ExactType.ELEMENT, element.name());
                    return element == TypeKind.DECIMAL ? declared(schema, precision, scale) : schema;
                },
                ExactTexts::text);
    }

    private static WireForm numeric(OptionalInt precision, OptionalInt scale) {
        return new WireForm(
                () -> declared(SchemaBuilder.string().name(ExactType.NUMERIC), precision, scale), ExactTexts::numeric);
    }

    /** The driver and the log tell a missing or negative scale by numbers that no declaration can have. */
    private static SchemaBuilder declared(SchemaBuilder schema, OptionalInt precision, OptionalInt scale) {
        if (precision.isPresent() && scale.orElse(0) <= MOST_PRECISION && scale.orElse(0) >= 0) {
            schema.parameter(ExactType.PRECISION, Integer.toString(precision.getAsInt()))
                    .parameter(ExactType.SCALE, Integer.toString(scale.orElse(0)));
        }
        return schema;
    }

    private static OptionalInt precision(RelationalColumn column) {
        int length = column.length().orElse(0);
        return length > 0 && length <= MOST_PRECISION ? OptionalInt.of(length) : OptionalInt.empty();
    }

    private static WireForm named(String name, java.util.function.Function<Object, Object> value) {
        return new WireForm(() -> SchemaBuilder.string().name(name), value);
    }
}
