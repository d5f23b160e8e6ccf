package dev.sluice.cdc.capture.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.decode.avro.AvroColumn;
import dev.sluice.cdc.decode.avro.AvroInput;
import dev.sluice.cdc.decode.avro.DecodeLimits;
import dev.sluice.cdc.decode.avro.RowReader;
import dev.sluice.cdc.event.OversizedValue;
import dev.sluice.cdc.registry.SchemaRegistry;
import io.apicurio.registry.utils.converter.avro.AvroData;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** What the encoder writes, read back with Avro's own reader. */
class AvroBodyTest {
    private static final class MemoryRegistry implements SchemaRegistry {
        private final Map<String, Integer> ids = new HashMap<>();
        private final Map<Integer, String> schemas = new HashMap<>();
        private final Map<String, Integer> calls = new HashMap<>();

        @Override
        public int register(String subject, String schema) {
            calls.merge(subject, 1, Integer::sum);
            int id = ids.computeIfAbsent(schema, s -> 0x01020300 + ids.size());
            schemas.put(id, schema);
            return id;
        }

        @Override
        public Optional<String> schema(int id) {
            return Optional.ofNullable(schemas.get(id));
        }

        @Override
        public Optional<Integer> find(String subject, String schema) {
            return Optional.ofNullable(ids.get(schema));
        }

        @Override
        public boolean compatible(String subject, String schema) {
            return true;
        }

        @Override
        public void compatibility(String subject, Compatibility level) {
            calls.put(subject, 0);
        }
    }

    private static final Schema INNER = SchemaBuilder.struct()
            .name("t.Inner")
            .field("n", Schema.OPTIONAL_INT16_SCHEMA)
            .optional()
            .build();
    private static final Schema ROW = SchemaBuilder.struct()
            .name("t.Row")
            .field("small", Schema.INT16_SCHEMA)
            .field("whole", Schema.INT32_SCHEMA)
            .field("big", Schema.OPTIONAL_INT64_SCHEMA)
            .field("real", Schema.FLOAT32_SCHEMA)
            .field("dbl", Schema.FLOAT64_SCHEMA)
            .field("yes", Schema.BOOLEAN_SCHEMA)
            .field(
                    "text",
                    SchemaBuilder.string().optional().defaultValue("fine").build())
            .field("raw", Schema.OPTIONAL_BYTES_SCHEMA)
            .field("money", Decimal.builder(2).optional().build())
            .field(
                    "tags",
                    SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
                            .optional()
                            .build())
            .field(
                    "attrs",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA)
                            .optional()
                            .build())
            .field("inner", INNER)
            .build();

    private final MemoryRegistry registry = new MemoryRegistry();
    private final RecordEncoder encoder = new RecordEncoder(registry, 32 << 20);

    private static Struct row() {
        return new Struct(ROW)
                .put("small", (short) -7)
                .put("whole", 1 << 30)
                .put("big", Long.MIN_VALUE)
                .put("real", 1.5f)
                .put("dbl", Double.NaN)
                .put("yes", true)
                .put("text", "é漢\uD83D\uDE00")
                .put("raw", ByteBuffer.wrap(new byte[] {1, 0, -1}))
                .put("money", new BigDecimal("-12.34"))
                .put("tags", java.util.Arrays.asList("a", null, ""))
                .put("attrs", Map.of("k", 9))
                .put("inner", new Struct(INNER).put("n", (short) 3));
    }

    private static SourceRecord record(Schema schema, Object value) {
        return new SourceRecord(Map.of(), Map.of(), "shop.public.t", null, null, null, schema, value);
    }

    private GenericRecord read(byte[] framed) throws Exception {
        ByteBuffer buffer = ByteBuffer.wrap(framed);
        assertThat(buffer.get()).isZero();
        org.apache.avro.Schema schema = new org.apache.avro.Schema.Parser()
                .parse(registry.schema(buffer.getInt()).orElseThrow());
        var decoder = DecoderFactory.get().binaryDecoder(framed, 5, framed.length - 5, null);
        GenericRecord read = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
        assertThat(decoder.isEnd()).as("nothing behind the record").isTrue();
        return read;
    }

    @Test
    void writesEveryTypeSoThatAvroReadsItBack() throws Exception {
        GenericRecord read = read(encoder.encode(record(ROW, row())).value());

        assertThat(read.get("small")).isEqualTo(-7);
        assertThat(read.get("whole")).isEqualTo(1 << 30);
        assertThat(read.get("big")).isEqualTo(Long.MIN_VALUE);
        assertThat(read.get("real")).isEqualTo(1.5f);
        assertThat((Double) read.get("dbl")).isNaN();
        assertThat(read.get("yes")).isEqualTo(true);
        assertThat(read.get("text")).hasToString("é漢\uD83D\uDE00");
        assertThat(read.get("raw")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 0, -1}));
        assertThat(read.get("money")).isEqualTo(ByteBuffer.wrap(new byte[] {-5, 46}));
        assertThat((List<?>) read.get("tags")).map(String::valueOf).containsExactly("a", "null", "");
        assertThat(read.get("attrs").toString()).isEqualTo("{k=9}");
        assertThat(((GenericRecord) read.get("inner")).get("n")).isEqualTo(3);
    }

    @Test
    void keepsANullWhereTheColumnHasADefault() throws Exception {
        GenericRecord read =
                read(encoder.encode(record(ROW, row().put("text", null).put("inner", null)))
                        .value());

        assertThat(read.get("text")).isNull();
        assertThat(read.get("inner")).isNull();
    }

    @Test
    void putsSizeAndHashInThePlaceOfAValueThatIsTooLarge() throws Exception {
        Schema key = SchemaBuilder.struct()
                .name("t.Key")
                .field("id", Schema.INT32_SCHEMA)
                .build();
        SourceRecord record = new SourceRecord(
                Map.of(), Map.of("lsn", 77L), "shop.public.t", null, key, new Struct(key).put("id", 5), ROW, row());
        ProducerRecord<byte[], byte[]> whole = encoder.encode(record);
        int size = whole.value().length;

        assertThat(new RecordEncoder(registry, size).encode(record).value()).isEqualTo(whole.value());
        ProducerRecord<byte[], byte[]> oversized = new RecordEncoder(registry, size - 1).encode(record);

        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole.value()));
        int schemaId = ByteBuffer.wrap(whole.value()).getInt(1);
        assertThat(oversized.key()).isEqualTo(whole.key());
        assertThat(OversizedValue.read(oversized.value())).contains(new OversizedValue(schemaId, 77, size, hash));
    }

    @Test
    void framesWithMagicByteAndBigEndianId() {
        ProducerRecord<byte[], byte[]> encoded = encoder.encode(record(ROW, row()));

        assertThat(encoded.value()).startsWith(0, 1, 2, 3, 0);
        assertThat(encoded.key()).isNull();
        assertThat(encoded.partition()).isZero();
    }

    @Test
    void registersASchemaOnce() {
        for (int i = 0; i < 5; i++) {
            encoder.encode(record(ROW, row()));
        }

        assertThat(registry.calls).containsExactly(Map.entry("shop.public.t-value", 1));
    }

    @Test
    void leavesATombstoneNull() {
        assertThat(encoder.encode(record(null, null)).value()).isNull();
    }

    @Test
    void stopsAtAMissingValueAndSaysWhereButNotWhat() {
        assertThatThrownBy(() -> encoder.encode(record(ROW, new Struct(ROW).put("text", "hidden-word"))))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("CDC-034")
                .hasMessageContaining(".small")
                .hasMessageNotContaining("hidden-word");
    }

    /** The decoder finds the columns by the names of the database. */
    @Test
    void keepsNamesThatAvroDoesNotAllow() {
        List<String> names = List.of("full name", "full_name", "1st", "a-b", "a.b", "Gr\u00f6\u00dfe", "\"", "select");
        SchemaBuilder columns = SchemaBuilder.struct().name("t.my table.Value");
        names.forEach(name -> columns.field(name, Schema.OPTIONAL_STRING_SCHEMA));
        columns.field(
                "n n",
                SchemaBuilder.int32()
                        .name("io.debezium.time.Date")
                        .version(1)
                        .defaultValue(7)
                        .build());
        Schema odd = columns.build();
        Struct row = new Struct(odd).put("n n", 9);
        names.forEach(name -> row.put(name, "in " + name));

        byte[] framed = encoder.encode(record(odd, row)).value();

        org.apache.avro.Schema registered = new org.apache.avro.Schema.Parser()
                .parse(registry.schema(ByteBuffer.wrap(framed).getInt(1)).orElseThrow());
        RowReader reader = RowReader.of(registered);
        assertThat(reader.columns())
                .extracting(AvroColumn::name)
                .containsExactlyElementsOf(
                        Stream.concat(names.stream(), Stream.of("n n")).toList());
        assertThat(reader.read(new AvroInput(framed, 5, DecodeLimits.standard())))
                .startsWith(names.stream().map(name -> "in " + name).toArray());
    }

    @Test
    void leavesASchemaWithAllowedNamesAlone() {
        assertThat(AvroNames.of(ROW)).isSameAs(ROW);
    }

    @Test
    void writesTheSameBytesAsTheStockConverterExceptForDefaults() throws Exception {
        AvroData stock = new AvroData(10);
        var out = new java.io.ByteArrayOutputStream();
        var direct = org.apache.avro.io.EncoderFactory.get().directBinaryEncoder(out, null);
        org.apache.avro.Schema schema = stock.fromConnectSchema(ROW);
        new org.apache.avro.generic.GenericDatumWriter<>(schema).write(stock.fromConnectData(ROW, row()), direct);

        byte[] ours = encoder.encode(record(ROW, row())).value();
        assertThat(java.util.Arrays.copyOfRange(ours, 5, ours.length)).isEqualTo(out.toByteArray());
    }
}
