package dev.sluice.cdc.decode;

import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.RawRecord;
import io.apicurio.registry.utils.converter.avro.AvroData;
import io.debezium.data.VariableScaleDecimal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;

/** The same changes of a table {@code shop.public.zoo} as Avro and as JSON of Kafka Connect's own converter. */
final class ConnectShop {

    static final String TOPIC = "shop.public.zoo";

    private static final Schema KEY = SchemaBuilder.struct()
            .name(TOPIC + ".Key")
            .field("id", Schema.INT32_SCHEMA)
            .build();
    /** The source block of one kind of connector. */
    interface SourceBlock {
        /** The schema of the block. */
        Schema schema();

        /** The block of a change with that op. */
        Struct of(String op);
    }

    /** Says that PostgreSQL is the source. */
    static final SourceBlock POSTGRES = new SourceBlock() {
        @Override
        public Schema schema() {
            return SOURCE;
        }

        @Override
        public Struct of(String op) {
            return new Struct(SOURCE)
                    .put("version", "3.6.1.Final")
                    .put("connector", "postgresql")
                    .put("name", "shop")
                    .put("ts_ms", Shop.COMMIT_MICROS / 1000)
                    .put("snapshot", op.equals("r") ? "true" : "false")
                    .put("db", "shop")
                    .put("ts_us", Shop.COMMIT_MICROS)
                    .put("schema", "public")
                    .put("table", "zoo")
                    .put("txId", 771L)
                    .put("lsn", Shop.LSN);
        }
    };

    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("version", Schema.STRING_SCHEMA)
            .field("connector", Schema.STRING_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field(
                    "snapshot",
                    io.debezium.data.Enum.builder("true,first,last,false,incremental")
                            .optional()
                            .defaultValue("false")
                            .build())
            .field("db", Schema.STRING_SCHEMA)
            .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    private static final Schema TRANSACTION = SchemaBuilder.struct()
            .name("event.block")
            .field("id", Schema.STRING_SCHEMA)
            .field("total_order", Schema.INT64_SCHEMA)
            .field("data_collection_order", Schema.INT64_SCHEMA)
            .optional()
            .build();

    final MapRegistry registry = new MapRegistry();
    private final AvroData avro = new AvroData(100);
    private final JsonConverter keys = new JsonConverter();
    private final JsonConverter values = new JsonConverter();
    private final SourceBlock origin;
    private final Schema row;
    private final Schema envelope;

    /** A table of an {@code id} and these columns. */
    ConnectShop(Map<String, Schema> columns, Map<String, Object> converter) {
        this(columns, converter, POSTGRES);
    }

    /** A table of that source. */
    ConnectShop(Map<String, Schema> columns, Map<String, Object> converter, SourceBlock origin) {
        this.origin = origin;
        SchemaBuilder builder = SchemaBuilder.struct().name(TOPIC + ".Value").field("id", Schema.INT32_SCHEMA);
        columns.forEach(builder::field);
        row = builder.optional().build();
        envelope = SchemaBuilder.struct()
                .name(TOPIC + ".Envelope")
                .field("before", row)
                .field("after", row)
                .field("source", origin.schema())
                .field("transaction", TRANSACTION)
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
        Map<String, Object> settings = new HashMap<>(converter);
        settings.putIfAbsent("schemas.enable", true);
        keys.configure(settings, true);
        values.configure(settings, false);
    }

    /** A row of that id. */
    Struct row(int id, Map<String, Object> columns) {
        Struct struct = new Struct(row).put("id", id);
        columns.forEach((name, value) -> struct.put(name, value(row.field(name).schema(), value)));
        return struct;
    }

    private static Object value(Schema schema, Object value) {
        return VariableScaleDecimal.LOGICAL_NAME.equals(schema.name())
                ? VariableScaleDecimal.fromLogical(schema, (BigDecimal) value)
                : value;
    }

    /** The change as Connect hands it to a converter. */
    SourceRecord change(String op, Struct before, Struct after) {
        Struct source = origin.of(op);
        Struct block = new Struct(TRANSACTION).put("id", "771:24000").put("total_order", 7L);
        Struct value = new Struct(envelope)
                .put("before", before)
                .put("after", after)
                .put("source", source)
                .put("transaction", block.put("data_collection_order", 3L))
                .put("op", op)
                .put("ts_ms", 1L);
        Object id = (after == null ? before : after).get("id");
        return new SourceRecord(Map.of(), Map.of(), TOPIC, 0, KEY, new Struct(KEY).put("id", id), envelope, value);
    }

    /** The record of an Avro converter. */
    RawRecord avro(SourceRecord change) {
        List<RawRecord.Header> headers = new ArrayList<>();
        change.headers()
                .forEach(header ->
                        headers.add(new RawRecord.Header(header.key(), framed(header.schema(), header.value()))));
        return raw(framed(change.keySchema(), change.key()), framed(change.valueSchema(), change.value()), headers);
    }

    private byte[] framed(Schema schema, Object value) {
        org.apache.avro.Schema written = avro.fromConnectSchema(schema);
        return Shop.frame(
                registry.register("any", written.toString()), Shop.avro(written, avro.fromConnectData(schema, value)));
    }

    /** The record of the JSON converter, links of keys too. */
    RawRecord json(SourceRecord change) {
        List<RawRecord.Header> headers = new ArrayList<>();
        change.headers()
                .forEach(header -> headers.add(new RawRecord.Header(
                        header.key(), keys.fromConnectHeader(TOPIC, header.key(), header.schema(), header.value()))));
        return raw(
                keys.fromConnectData(TOPIC, change.keySchema(), change.key()),
                values.fromConnectData(TOPIC, change.valueSchema(), change.value()),
                headers);
    }

    /** The change of an insert that is the second half of a key change from that id. */
    static SourceRecord movedFrom(int id, SourceRecord insert) {
        insert.headers().add("__debezium.oldkey", new Struct(KEY).put("id", id), KEY);
        return insert;
    }

    AvroDecoder avroDecoder() {
        return new AvroDecoder(registry, settings());
    }

    AvroDecoder jsonDecoder() {
        return new AvroDecoder(registry, settings().withForm(DecodeSettings.TopicForm.of(DecodeSettings.Wire.JSON)));
    }

    private static DecodeSettings settings() {
        return DecodeSettings.of("shop").withPatience(Shop.AT_ONCE);
    }

    static RawRecord raw(byte[] key, byte[] value, List<RawRecord.Header> headers) {
        return new RawRecord(new Origin(TOPIC, 0, 41, 1_700_000_000_500L), key, value, headers);
    }
}
