package dev.sluice.cdc.decode.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our reader against Avro's own over generated schemas and values. */
class AvroOracleTest {

    private static final int SCHEMAS = 300;
    private static final int ROWS = 10;
    private static final int MUTATIONS = 20;
    private static final String[] TYPES = {
        "{'type':'int'}",
        "{'type':'long'}",
        "{'type':'float'}",
        "{'type':'double'}",
        "{'type':'boolean'}",
        "{'type':'string'}",
        "{'type':'bytes'}",
        "{'type':'int','connect.name':'io.debezium.time.Date'}",
        "{'type':'long','connect.name':'io.debezium.time.MicroTime'}",
        "{'type':'long','connect.name':'io.debezium.time.MicroTimestamp'}",
        "{'type':'long','logicalType':'timestamp-micros'}",
        "{'type':'bytes','logicalType':'decimal','precision':20,'scale':4}"
    };

    private final DecodeLimits limits = DecodeLimits.standard();

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void readsWhatAvroReads(long seed) throws IOException {
        Random random = new Random(seed);
        int accepted = 0;
        for (int s = 0; s < SCHEMAS; s++) {
            Schema schema = schema(random);
            RowReader ours = RowReader.of(schema);
            for (int r = 0; r < ROWS; r++) {
                byte[] bytes = written(schema, record(schema, random));
                assertThat(ours(ours, bytes)).contains(theirs(schema, bytes));
                accepted += compareMutations(schema, ours, bytes, random);
            }
        }
        assertThat(accepted).isGreaterThan(1_000);
    }

    /**
     * What we accept, Avro accepts too and reads the same; that it accepts more is why there is a reader of our own.
     */
    private int compareMutations(Schema schema, RowReader ours, byte[] bytes, Random random) throws IOException {
        int accepted = 0;
        for (int m = 0; m < MUTATIONS && bytes.length > 0; m++) {
            byte[] other = bytes.clone();
            other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
            Optional<List<Object>> read = ours(ours, other);
            if (read.isPresent()) {
                accepted++;
                assertThat(read.get()).isEqualTo(theirs(schema, other));
            }
        }
        return accepted;
    }

    private Optional<List<Object>> ours(RowReader reader, byte[] bytes) {
        try {
            AvroInput in = new AvroInput(bytes, 0, limits);
            Object[] values = reader.read(in);
            in.end();
            List<Object> list = new ArrayList<>();
            for (Object value : values) {
                list.add(comparable(value));
            }
            return Optional.of(list);
        } catch (BadRecord e) {
            return Optional.empty();
        }
    }

    private static List<Object> theirs(Schema schema, byte[] bytes) throws IOException {
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            assertThat(decoder.isEnd()).isTrue();
            List<Object> values = new ArrayList<>();
            for (Schema.Field field : schema.getFields()) {
                values.add(converted(field.schema(), record.get(field.pos())));
            }
            return values;
        } catch (AvroRuntimeException e) {
            return fail("Avro refuses what we accept", e);
        }
    }

    private static Object converted(Schema schema, Object value) {
        if (value == null) {
            return null;
        }
        Schema type = schema.getType() == Schema.Type.UNION
                ? schema.getTypes().stream()
                        .filter(t -> t.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            list.forEach(e -> elements.add(converted(type.getElementType(), e)));
            return elements;
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] raw = new byte[buffer.remaining()];
            buffer.get(raw);
            return type.getProp("logicalType") == null ? comparable(raw) : new BigDecimal(new BigInteger(raw), 4);
        }
        return value instanceof Utf8 ? value.toString() : temporal(type, value);
    }

    private static Object temporal(Schema type, Object value) {
        String name = String.valueOf(type.getProp("connect.name")) + type.getProp("logicalType");
        return switch (name) {
            case "io.debezium.time.Datenull" -> LocalDate.ofEpochDay((Integer) value);
            case "io.debezium.time.MicroTimenull" -> LocalTime.ofNanoOfDay((Long) value * 1000);
            case "io.debezium.time.MicroTimestampnull" -> LocalDateTime.ofInstant(
                    Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS), ZoneOffset.UTC);
            case "nulltimestamp-micros" -> Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
            default -> value;
        };
    }

    private static Object comparable(Object value) {
        return value instanceof byte[] bytes ? "0x" + java.util.HexFormat.of().formatHex(bytes) : arrays(value);
    }

    private static Object arrays(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(AvroOracleTest::comparable).collect(java.util.stream.Collectors.toList())
                : value;
    }

    private static Schema schema(Random random) {
        StringBuilder fields = new StringBuilder();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            String type = TYPES[random.nextInt(TYPES.length)];
            if (random.nextInt(4) == 0) {
                String element = random.nextBoolean() ? type : "['null'," + type + "]";
                type = "{'type':'array','items':" + element + "}";
            }
            type = switch (random.nextInt(3)) {
                case 0 -> "['null'," + type + "]";
                case 1 -> "[" + type + ",'null']";
                default -> type;
            };
            fields.append(i == 0 ? "" : ",")
                    .append("{'name':'c")
                    .append(i)
                    .append("','type':")
                    .append(type)
                    .append("}");
        }
        return new Schema.Parser().parse(("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"'));
    }

    private static GenericRecord record(Schema schema, Random random) {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), random));
        }
        return record;
    }

    private static Object value(Schema schema, Random random) {
        return switch (schema.getType()) {
            case UNION -> random.nextInt(3) == 0
                    ? null
                    : value(
                            schema.getTypes().get(schema.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0),
                            random);
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (int n = random.nextInt(4); n > 0; n--) {
                    list.add(value(schema.getElementType(), random));
                }
                yield list;
            }
            case INT -> random.nextInt(2_000_000) - 1_000_000;
            case LONG -> "io.debezium.time.MicroTime".equals(schema.getProp("connect.name"))
                    ? random.nextLong(86_400_000_000L)
                    : random.nextLong() >> (3 + random.nextInt(60));
            case FLOAT -> random.nextBoolean() ? Float.NaN : random.nextFloat();
            case DOUBLE -> random.nextBoolean() ? -0.0 : random.nextGaussian();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> text(random);
            case BYTES -> schema.getProp("logicalType") == null
                    ? ByteBuffer.wrap(bytes(random))
                    : ByteBuffer.wrap(BigInteger.valueOf(random.nextLong()).toByteArray());
            default -> throw new AssertionError(schema);
        };
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(Random random) {
        int[] points = new int[random.nextInt(6)];
        Arrays.setAll(points, i -> switch (random.nextInt(4)) {
            case 0 -> 'a' + random.nextInt(26);
            case 1 -> 0xE0 + random.nextInt(0x300);
            case 2 -> 0xFFFD;
            default -> 0x1F600 + random.nextInt(60);
        });
        return new String(points, 0, points.length);
    }

    private static byte[] written(Schema schema, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Half of Avro's writers use blocks with sizes; the blocking encoder is the one that does.
        BinaryEncoder encoder = record.hashCode() % 2 == 0
                ? EncoderFactory.get().binaryEncoder(bytes, null)
                : new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
