package dev.sluice.deploy.bench;

import dev.sluice.cdc.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Changes as Debezium's PostgreSQL connector and a Connect Avro converter write them, in Confluent's wire format. */
final class Wire {

    static final String SOURCE = "shop";
    static final String TOPIC = SOURCE + ".public.customers";

    private static final String KEY =
            """
            {"type":"record","name":"Key","namespace":"shop.public.customers",
             "fields":[{"name":"id","type":"long"}],"connect.name":"shop.public.customers.Key"}""";

    private static final String COLUMNS =
            """
            {"name":"id","type":"long"},
            {"name":"full_name","type":"string"},
            {"name":"email","type":"string"},
            {"name":"phone","type":["null","string"],"default":null},
            {"name":"birth_date","type":["null",{"type":"int","connect.version":1,
              "connect.name":"io.debezium.time.Date"}],"default":null},
            {"name":"street","type":["null","string"],"default":null},
            {"name":"city","type":["null","string"],"default":null},
            {"name":"postcode","type":["null","string"],"default":null},
            {"name":"country","type":"string"},
            {"name":"prefs","type":{"type":"string","connect.version":1,"connect.name":"io.debezium.data.Json"}},
            {"name":"created_at","type":{"type":"string","connect.version":1,
              "connect.name":"io.debezium.time.ZonedTimestamp"}},
            {"name":"updated_at","type":{"type":"long","connect.version":1,
              "connect.name":"io.debezium.time.MicroTimestamp"}},
            {"name":"loyalty_tier","type":["null","string"],"default":null}""";

    private static final String ENVELOPE =
            """
            {"type":"record","name":"Envelope","namespace":"shop.public.customers","fields":[
             {"name":"before","type":["null",{"type":"record","name":"Value","fields":[%s]}],"default":null},
             {"name":"after","type":["null","Value"],"default":null},
             {"name":"source","type":{"type":"record","name":"Source","namespace":"io.debezium.connector.postgresql",
               "fields":[{"name":"version","type":"string"},{"name":"connector","type":"string"},
                {"name":"name","type":"string"},{"name":"ts_ms","type":"long"},
                {"name":"snapshot","type":[{"type":"string","connect.version":1,
                  "connect.parameters":{"allowed":"true,first,first_in_data_collection,last_in_data_collection,last,\
            false,incremental"},"connect.default":"false","connect.name":"io.debezium.data.Enum"},"null"],
                  "default":"false"},
                {"name":"db","type":"string"},{"name":"sequence","type":["null","string"],"default":null},
                {"name":"ts_us","type":["null","long"],"default":null},
                {"name":"ts_ns","type":["null","long"],"default":null},
                {"name":"schema","type":"string"},{"name":"table","type":"string"},
                {"name":"txId","type":["null","long"],"default":null},
                {"name":"lsn","type":["null","long"],"default":null},
                {"name":"xmin","type":["null","long"],"default":null}]}},
             {"name":"transaction","type":["null",{"type":"record","name":"block","namespace":"event",
               "fields":[{"name":"id","type":"string"},{"name":"total_order","type":"long"},
                {"name":"data_collection_order","type":"long"}]}],"default":null},
             {"name":"op","type":"string"},{"name":"ts_ms","type":["null","long"],"default":null},
             {"name":"ts_us","type":["null","long"],"default":null},
             {"name":"ts_ns","type":["null","long"],"default":null}],
             "connect.name":"shop.public.customers.Envelope"}"""
                    .formatted(COLUMNS);

    private final Schema key = new Schema.Parser().parse(KEY);
    private final Schema value = new Schema.Parser().parse(ENVELOPE);
    private final Customers customers;
    private final int keyId;
    private final int valueId;

    /** Registers both schemas. */
    Wire(SchemaRegistry registry, long seed) {
        this.keyId = registry.register(TOPIC + "-key", KEY);
        this.valueId = registry.register(TOPIC + "-value", ENVELOPE);
        this.customers = new Customers(some("after"), seed);
    }

    /** The envelope's schema, which a pipeline without a registry client has to be given. */
    static String envelopeSchema() {
        return ENVELOPE;
    }

    /** The record key of that change. */
    byte[] key(Change change) {
        GenericData.Record record = new GenericData.Record(key);
        record.put("id", change.id());
        return framed(keyId, record);
    }

    /** The record value of that change. */
    byte[] value(Change change) {
        Change.Place place = change.place();
        GenericData.Record envelope = new GenericData.Record(value);
        envelope.put("before", image(change.id(), change.before()));
        envelope.put("after", image(change.id(), change.after()));
        envelope.put("source", source(change));
        envelope.put("op", change.op());
        long seen = place.committedMicros() + 40_000;
        envelope.put("ts_ms", seen / 1_000);
        envelope.put("ts_us", seen);
        envelope.put("ts_ns", seen * 1_000);
        if (place.order() > 0) {
            GenericData.Record block = new GenericData.Record(some("transaction"));
            block.put("id", place.transaction() + ":" + (place.lsn() - place.order()));
            block.put("total_order", (long) place.order());
            block.put("data_collection_order", (long) place.order());
            envelope.put("transaction", block);
        }
        return framed(valueId, envelope);
    }

    private GenericData.@Nullable Record image(long id, Customers.@Nullable State state) {
        return state == null ? null : customers.row(id, state);
    }

    private GenericData.Record source(Change change) {
        Change.Place place = change.place();
        GenericData.Record source =
                new GenericData.Record(value.getField("source").schema());
        Map<String, Object> names = Map.of(
                "version",
                "3.5.0.Final",
                "connector",
                "postgresql",
                "name",
                SOURCE,
                "db",
                SOURCE,
                "schema",
                "public",
                "table",
                "customers",
                "snapshot",
                change.op().equals("r") ? "true" : "false",
                "sequence",
                "[\"" + (place.lsn() - 8) + "\",\"" + place.lsn() + "\"]");
        names.forEach(source::put);
        source.put("ts_ms", place.committedMicros() / 1_000);
        source.put("ts_us", place.committedMicros());
        source.put("ts_ns", place.committedMicros() * 1_000);
        source.put("txId", place.transaction());
        source.put("lsn", place.lsn());
        return source;
    }

    private Schema some(String field) {
        return value.getField(field).schema().getTypes().get(1);
    }

    private static byte[] framed(int id, GenericData.Record record) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
            bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
