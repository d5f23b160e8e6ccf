package dev.sluice.cdc.decode;

import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.registry.UnknownIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Records of a table {@code shop.public.customers} as Debezium and a Connect Avro converter write them. */
final class Shop {

    static final String TOPIC = "shop.public.customers";

    static final String KEY =
            """
            {"type":"record","name":"Key","namespace":"shop.public.customers","fields":[{"name":"id","type":"int"}],
             "connect.name":"shop.public.customers.Key"}""";

    static final String COLUMNS =
            """
            {"name":"id","type":"int"},
            {"name":"name","type":"string"},
            {"name":"note","type":["null","string"],"default":null},
            {"name":"level","type":[{"type":"string","connect.default":"basic"},"null"],"default":"basic"},
            {"name":"photo","type":["null","bytes"],"default":null},
            {"name":"tags","type":["null",{"type":"array","items":["null","string"],
              "connect.parameters":{"__debezium.source.column.type":"_TEXT"}}],"default":null},
            {"name":"balance","type":["null",{"type":"bytes","scale":2,"precision":10,"connect.version":1,
              "connect.parameters":{"scale":"2","connect.decimal.precision":"10"},
              "connect.name":"org.apache.kafka.connect.data.Decimal","logicalType":"decimal"}],"default":null},
            {"name":"born","type":["null",{"type":"int","connect.version":1,"connect.name":"io.debezium.time.Date"}],
              "default":null}""";

    private static final String ENVELOPE =
            """
            {"type":"record","name":"Envelope","namespace":"shop.public.customers","fields":[
             {"name":"before","type":["null",{"type":"record","name":"Value","fields":[%s]}],"default":null},
             {"name":"after","type":["null","Value"],"default":null},
             {"name":"source","type":{"type":"record","name":"Source","namespace":"io.debezium.connector.postgresql",
               "fields":[{"name":"version","type":"string"},{"name":"connector","type":"string"},
                {"name":"name","type":"string"},{"name":"ts_ms","type":"long"},
                {"name":"snapshot","type":[{"type":"string","connect.version":1,
                  "connect.parameters":{"allowed":"true,first,last,false,incremental"},
                  "connect.default":"false","connect.name":"io.debezium.data.Enum"},"null"],"default":"false"},
                {"name":"db","type":"string"},{"name":"sequence","type":["null","string"],"default":null},
                {"name":"ts_us","type":["null","long"],"default":null},
                {"name":"schema","type":"string"},{"name":"table","type":"string"},
                {"name":"txId","type":["null","long"],"default":null},
                {"name":"lsn","type":["null","long"],"default":null},
                {"name":"xmin","type":["null","long"],"default":null}]}},
             {"name":"transaction","type":["null",{"type":"record","name":"block","namespace":"event",
               "fields":[{"name":"id","type":"string"},{"name":"total_order","type":"long"},
                {"name":"data_collection_order","type":"long"}]}],"default":null},
             {"name":"op","type":"string"},{"name":"ts_ms","type":["null","long"],"default":null}],
             "connect.name":"shop.public.customers.Envelope"}""";

    static final UnknownIds.Patience AT_ONCE = new UnknownIds.Patience(Duration.ZERO, 1).withoutLimit();

    static final long LSN = 0x1_6B37_4D48L;
    static final long COMMIT_MICROS = 1_700_000_000_123_456L;

    final MapRegistry registry = new MapRegistry();
    final Schema value;
    final Schema key;

    Shop() {
        this(COLUMNS);
    }

    Shop(String columns) {
        this.value = parse(ENVELOPE.formatted(columns));
        this.key = parse(KEY);
    }

    AvroDecoder decoder() {
        return new AvroDecoder(registry, DecodeSettings.of("shop").withPatience(AT_ONCE));
    }

    static Schema parse(String json) {
        return new Schema.Parser().parse(json);
    }

    /** A row of that id with other columns null, changed as given by name and value. */
    GenericData.Record row(int id, Object... changes) {
        GenericData.Record row = new GenericData.Record(
                value.getField("after").schema().getTypes().get(1));
        row.put("id", id);
        if (row.hasField("name")) {
            row.put("name", "Ana");
        }
        for (int i = 0; i < changes.length; i += 2) {
            row.put((String) changes[i], changes[i + 1]);
        }
        return row;
    }

    GenericData.Record envelope(String op, GenericData.Record before, GenericData.Record after) {
        GenericData.Record envelope = new GenericData.Record(value);
        envelope.put("before", before);
        envelope.put("after", after);
        envelope.put("op", op);
        envelope.put("ts_ms", 1L);
        GenericData.Record source =
                new GenericData.Record(value.getField("source").schema());
        Map<String, Object> fields = new HashMap<>(Map.of(
                "version", "3.5.0.Final", "connector", "postgresql", "name", "shop", "ts_ms", COMMIT_MICROS / 1000));
        fields.putAll(Map.of("db", "shop", "ts_us", COMMIT_MICROS, "schema", "public", "table", "customers"));
        fields.putAll(Map.of("txId", 771L, "lsn", LSN, "snapshot", op.equals("r") ? "true" : "false"));
        fields.put("sequence", "[\"" + (LSN - 8) + "\",\"" + LSN + "\"]");
        fields.forEach(source::put);
        envelope.put("source", source);
        if (!op.equals("r")) {
            GenericData.Record block = new GenericData.Record(
                    value.getField("transaction").schema().getTypes().get(1));
            block.put("id", "771:24000");
            block.put("total_order", 7L);
            block.put("data_collection_order", 3L);
            envelope.put("transaction", block);
        }
        return envelope;
    }

    byte[] key(int id) {
        GenericData.Record record = new GenericData.Record(key);
        record.put("id", id);
        return framed(record);
    }

    /** The record of that envelope under the key of that id. */
    RawRecord record(int id, GenericData.Record envelope, RawRecord.Header... headers) {
        return raw(key(id), framed(envelope), headers);
    }

    static RawRecord raw(byte[] key, byte[] value, RawRecord.Header... headers) {
        return new RawRecord(new Origin(TOPIC, 0, 41, 1_700_000_000_500L), key, value, List.of(headers));
    }

    /** Confluent's wire format of that record, its schema registered. */
    byte[] framed(GenericData.Record record) {
        int id = registry.register("any", record.getSchema().toString());
        return frame(id, avro(record.getSchema(), record));
    }

    static byte[] frame(int id, byte[] avro) {
        return ByteBuffer.allocate(5 + avro.length)
                .put((byte) 0)
                .putInt(id)
                .put(avro)
                .array();
    }

    static byte[] avro(Schema schema, Object datum) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<>(schema).write(datum, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Valid records of every op, with rows that use every column. */
    List<RawRecord> everyOp() {
        GenericData.Record full = row(
                5,
                "name",
                "Zoë \uD83D\uDE00",
                "note",
                "",
                "level",
                "gold",
                "photo",
                ByteBuffer.wrap(new byte[] {1, 2, 3}),
                "tags",
                java.util.Arrays.asList("a", null, "b"),
                "balance",
                ByteBuffer.wrap(new byte[] {0x30, 0x39}),
                "born",
                -1000);
        List<RawRecord> records = new ArrayList<>();
        records.add(record(5, envelope("r", null, full)));
        records.add(record(5, envelope("c", null, full)));
        records.add(record(5, envelope("u", row(5), full)));
        records.add(record(5, envelope("d", full, null)));
        records.add(record(5, envelope("c", null, full), new RawRecord.Header("__debezium.oldkey", key(4))));
        records.add(raw(null, framed(envelope("t", null, null))));
        return records;
    }
}
