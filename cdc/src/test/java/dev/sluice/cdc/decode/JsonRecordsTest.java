package dev.sluice.cdc.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.SourceMessage;
import io.debezium.data.Bits;
import io.debezium.data.Json;
import io.debezium.data.Uuid;
import io.debezium.data.VariableScaleDecimal;
import io.debezium.data.Xml;
import io.debezium.time.Interval;
import io.debezium.time.MicroTime;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.NanoTime;
import io.debezium.time.NanoTimestamp;
import io.debezium.time.Year;
import io.debezium.time.ZonedTime;
import io.debezium.time.ZonedTimestamp;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON of Kafka Connect's own converter decodes to the same events as Avro of the same change. */
class JsonRecordsTest {

    private static final String CANARY = "canary7Q2x";

    /** A column with its schema, which is not optional, and two values. */
    private record Column(String name, Schema type, Object first, Object second) {
        private Schema optional() {
            return copy().optional().build();
        }

        private Schema withDefault() {
            return copy().defaultValue(first).build();
        }

        private SchemaBuilder copy() {
            SchemaBuilder copy =
                    switch (type.type()) {
                        case ARRAY -> SchemaBuilder.array(type.valueSchema());
                        case STRUCT -> SchemaBuilder.struct();
                        default -> SchemaBuilder.type(type.type());
                    };
            if (type.type() == Schema.Type.STRUCT) {
                type.fields().forEach(field -> copy.field(field.name(), field.schema()));
            }
            if (type.name() != null) {
                copy.name(type.name());
            }
            if (type.parameters() != null) {
                type.parameters().forEach(copy::parameter);
            }
            return copy;
        }
    }

    private static Column column(String name, Schema type, Object first, Object second) {
        return new Column(name, type, first, second);
    }

    private static final Schema VARIABLE = VariableScaleDecimal.builder().build();

    private static final List<Column> ZOO = List.of(
            column("c_bool", Schema.BOOLEAN_SCHEMA, true, false),
            column("c_int8", Schema.INT8_SCHEMA, (byte) -128, (byte) 127),
            column("c_int16", Schema.INT16_SCHEMA, (short) -32768, (short) 32767),
            column("c_int32", Schema.INT32_SCHEMA, Integer.MIN_VALUE, Integer.MAX_VALUE),
            column("c_int64", Schema.INT64_SCHEMA, Long.MIN_VALUE, Long.MAX_VALUE - 1),
            column("c_float", Schema.FLOAT32_SCHEMA, 1.1f, Float.NaN),
            column("c_float_minus", Schema.FLOAT32_SCHEMA, -0.0f, Float.MIN_VALUE),
            column("c_double", Schema.FLOAT64_SCHEMA, 0.1, Double.NEGATIVE_INFINITY),
            column("c_double_minus", Schema.FLOAT64_SCHEMA, -0.0, Double.MAX_VALUE),
            column("c_text", Schema.STRING_SCHEMA, "", "Zoë \uD83D\uDE00 \uFFFD \u0000 \\ \" tab\there"),
            column("c_bytes", Schema.BYTES_SCHEMA, ByteBuffer.allocate(0), ByteBuffer.wrap(new byte[] {0, -1, 127})),
            column(
                    "c_num",
                    Decimal.builder(2)
                            .parameter("connect.decimal.precision", "10")
                            .build(),
                    new BigDecimal("-99999999.99"),
                    new BigDecimal("0.00")),
            column(
                    "c_num38",
                    Decimal.builder(10)
                            .parameter("connect.decimal.precision", "38")
                            .build(),
                    new BigDecimal("9999999999999999999999999999.9999999999"),
                    new BigDecimal("0.0000000001")),
            column(
                    "c_num60",
                    Decimal.builder(5)
                            .parameter("connect.decimal.precision", "60")
                            .build(),
                    new BigDecimal("123456789012345678901234567890123456789012345.12345"),
                    new BigDecimal("-1.00000")),
            column("c_var", VARIABLE, new BigDecimal("12345678901234567890.123456789012345"), new BigDecimal("-1.100")),
            column("c_date", io.debezium.time.Date.schema(), -719162, 2932896),
            column("c_time", MicroTime.schema(), 0L, 86_399_999_999L),
            column("c_nanotime", NanoTime.schema(), 0L, 86_399_999_999_000L),
            column("c_millitime", io.debezium.time.Time.schema(), 0, 86_399_999),
            column("c_ts", MicroTimestamp.schema(), -62_135_596_800_000_000L, 253_402_300_799_999_999L),
            column("c_ts3", io.debezium.time.Timestamp.schema(), 0L, 253_402_300_799_999L),
            column("c_tsn", NanoTimestamp.schema(), -1_000L, 1_709_212_455_123_456_000L),
            column("c_tstz", ZonedTimestamp.schema(), "2024-02-29T13:14:15.123456Z", "+12024-01-01T00:00:00Z"),
            column("c_timetz", ZonedTime.schema(), "13:14:15.123456Z", "00:00:00Z"),
            column("c_interval", Interval.schema(), "P1Y2M3DT4H5M6.789S", "P0Y0M0DT0H0M0S"),
            column("c_year", Year.schema(), 1901, 2155),
            column("c_kdate", org.apache.kafka.connect.data.Date.SCHEMA, day(0), day(20_000)),
            column("c_kts", org.apache.kafka.connect.data.Timestamp.SCHEMA, moment(1), moment(1_709_212_455_123L)),
            column(
                    "c_uuid",
                    Uuid.schema(),
                    "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                    "00000000-0000-0000-0000-000000000000"),
            column("c_json", Json.schema(), "{\"a\": [1, null]}", "null"),
            column("c_xml", Xml.schema(), "<a>b</a>", ""),
            column("c_enum", io.debezium.data.Enum.builder("ok,happy").build(), "ok", "happy"),
            column("c_bits", Bits.schema(10), new byte[] {1, 2}, new byte[] {0, 0}),
            column("a_int4", array(Schema.OPTIONAL_INT32_SCHEMA), Arrays.asList(1, null, -3), List.of()),
            column("a_int8", array(Schema.OPTIONAL_INT64_SCHEMA), List.of(Long.MAX_VALUE), List.of()),
            column("a_text", array(Schema.OPTIONAL_STRING_SCHEMA), Arrays.asList("a,b", null, ""), List.of("Zoë")),
            column(
                    "a_num",
                    array(Decimal.builder(2)
                            .parameter("connect.decimal.precision", "10")
                            .optional()
                            .build()),
                    Arrays.asList(new BigDecimal("1.50"), null),
                    List.of()),
            column("a_float8", array(Schema.OPTIONAL_FLOAT64_SCHEMA), Arrays.asList(1.5, null), List.of(Double.NaN)));

    private static Object day(int day) {
        return org.apache.kafka.connect.data.Date.toLogical(org.apache.kafka.connect.data.Date.SCHEMA, day);
    }

    private static Object moment(long millis) {
        return org.apache.kafka.connect.data.Timestamp.toLogical(
                org.apache.kafka.connect.data.Timestamp.SCHEMA, millis);
    }

    private static Schema array(Schema element) {
        return SchemaBuilder.array(element).build();
    }

    private static ConnectShop shop(java.util.function.Function<Column, Schema> form, String decimals) {
        Map<String, Schema> columns = new LinkedHashMap<>();
        ZOO.forEach(column -> columns.put(column.name(), form.apply(column)));
        return new ConnectShop(columns, Map.of("decimal.format", decimals));
    }

    private static Map<String, Object> values(java.util.function.Function<Column, Object> choice) {
        Map<String, Object> values = new LinkedHashMap<>();
        ZOO.forEach(column -> values.put(column.name(), choice.apply(column)));
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"BASE64", "NUMERIC"})
    void decodesEveryTypeAsAvroDoes(String decimals) {
        ConnectShop shop = shop(Column::optional, decimals);
        var first = shop.row(1, values(Column::first));
        var second = shop.row(1, values(Column::second));
        var nulls = shop.row(1, Map.of());

        same(
                shop,
                List.of(
                        shop.change("r", null, first),
                        shop.change("c", null, second),
                        shop.change("u", first, second),
                        shop.change("u", second, first),
                        shop.change("c", null, nulls),
                        shop.change("d", second, null),
                        shop.change("d", nulls, null),
                        ConnectShop.movedFrom(7, shop.change("c", null, first))));
    }

    @Test
    void decodesColumnsThatCannotBeNullAsAvroDoes() {
        ConnectShop shop = shop(Column::type, "BASE64");

        same(
                shop,
                List.of(
                        shop.change("c", null, shop.row(1, values(Column::first))),
                        shop.change("c", null, shop.row(1, values(Column::second)))));
    }

    @Test
    void knowsTheDefaultsThatFillAnImageOfTheKeyOnly() {
        Map<String, Schema> columns = new LinkedHashMap<>();
        Map<String, Object> filled = new LinkedHashMap<>();
        for (Column column : ZOO.subList(0, 14)) {
            columns.put(column.name(), column.withDefault());
            filled.put(column.name(), column.first());
        }
        ConnectShop shop = new ConnectShop(columns, Map.of());

        ChangeEvent event = same(shop, List.of(shop.change("d", shop.row(1, filled), null)));

        assertThat(event.change().before().orElseThrow().value("c_int64")).isEqualTo(dev.sluice.cdc.event.Absent.VALUE);
    }

    /** Decodes each change both ways and answers the event of the last. */
    private static ChangeEvent same(ConnectShop shop, List<SourceRecord> changes) {
        ChangeEvent last = null;
        AvroDecoder avro = shop.avroDecoder();
        AvroDecoder json = shop.jsonDecoder();
        for (SourceRecord change : changes) {
            ChangeEvent expected = event(avro.decode(shop.avro(change)));
            last = event(json.decode(shop.json(change)));

            assertThat(last.schema()).isEqualTo(expected.schema());
            assertThat(last.change()).isEqualTo(expected.change());
            assertThat(last.keys()).isEqualTo(expected.keys());
            assertThat(last.source().position()).isEqualTo(expected.source().position());
            assertThat(last.source().transaction()).isEqualTo(expected.source().transaction());
            assertThat(last.source().committedAt()).isEqualTo(expected.source().committedAt());
            assertThat(last.source().schemaId()).isNegative();
        }
        return last;
    }

    private static ChangeEvent event(Outcome<SourceMessage> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return (ChangeEvent) ((Outcome.Accepted<SourceMessage>) outcome).value();
    }

    @Test
    void namesASchemaByItsTextWhereverItIsDecoded() {
        ConnectShop shop = shop(Column::optional, "BASE64");
        RawRecord record = shop.json(shop.change("c", null, shop.row(1, values(Column::first))));

        assertThat(event(shop.jsonDecoder().decode(record)).source().schemaId())
                .isEqualTo(event(shop.jsonDecoder().decode(record)).source().schemaId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"id\":1}`|JSON_WITHOUT_SCHEMA",
                "`{\"schema\":null,\"payload\":{\"id\":1}}`|JSON_WITHOUT_SCHEMA",
                "`{\"schema\":{\"type\":\"struct\",\"fields\":[]}}`|JSON_WITHOUT_SCHEMA",
                "`{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":{},\"more\":1}`|JSON_WITHOUT_SCHEMA",
                "`{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":null}`|JSON_MALFORMED",
                "`{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":{}} {}`|JSON_MALFORMED",
                "`{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":{\"x\":1}}`|JSON_MALFORMED",
                "`{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":{},\"payload\":{}}`|JSON_MALFORMED",
                "`{\"schema\":{\"type\":\"strange\"},\"payload\":{}}`|BAD_SCHEMA",
                "`{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"int32\"}]},\"payload\":{}}`|BAD_SCHEMA",
                "`{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":{}}`|NOT_AN_ENVELOPE",
                "`[1]`|BAD_MAGIC",
            })
    void refusesWhatIsNotAValueWithItsSchema(String json, DecodeCode code) {
        ConnectShop shop = shop(Column::optional, "BASE64");
        RawRecord sound = shop.json(shop.change("c", null, shop.row(1, values(Column::first))));

        assertThat(code(shop.jsonDecoder()
                        .decode(ConnectShop.raw(sound.key(), json.getBytes(StandardCharsets.UTF_8), List.of()))))
                .isEqualTo(code);
    }

    @Test
    void takesAMissingSchemaForAFaultOfTheTopicAndABrokenValueForOneOfTheRecord() {
        assertThat(DecodeCode.isOfShape("JSON_WITHOUT_SCHEMA")).isTrue();
        assertThat(DecodeCode.isOfShape("JSON_MALFORMED")).isFalse();
    }

    /** Each case replaces a part of the payload of a sound record. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"c_int64\":7|\"c_int64\":9223372036854775808|JSON_MALFORMED",
                "\"c_int64\":7|\"c_int64\":7.0|JSON_MALFORMED",
                "\"c_int64\":7|\"c_int64\":\"7\"|JSON_MALFORMED",
                "\"c_int64\":7|\"c_int64\":null|JSON_MALFORMED",
                "\"c_int64\":7|\"c_int64\":7,\"c_int64\":7|JSON_MALFORMED",
                "\"c_int64\":7|\"c_int65\":7|JSON_MALFORMED",
                "\"c_int64\":7,|``|JSON_MALFORMED",
                "\"c_int16\":7|\"c_int16\":32768|LOGICAL_TYPE",
                "\"c_text\":\"x\"|\"c_text\":\"\\ud800\"|UTF8_INVALID",
                "\"c_text\":\"x\"|\"c_text\":7|JSON_MALFORMED",
                "\"c_bytes\":\"AA==\"|\"c_bytes\":\"A!==\"|JSON_MALFORMED",
                "\"c_double\":7.0|\"c_double\":1e999|JSON_MALFORMED",
                "\"c_double\":7.0|\"c_double\":\"inf\"|JSON_MALFORMED",
                "\"c_num\":\"Aw==\"|\"c_num\":1e999999999|JSON_MALFORMED",
                "\"c_num\":\"Aw==\"|\"c_num\":0.001|JSON_MALFORMED",
                "\"c_num\":\"Aw==\"|\"c_num\":\"\"|NUMERIC_NAN",
                "\"c_num\":\"Aw==\"|\"c_num\":[[[[[[[[1]]]]]]]]|JSON_MALFORMED",
            })
    void refusesAValueThatItsTypeDoesNotHold(String sound, String other, DecodeCode code) {
        Map<String, Schema> columns = new LinkedHashMap<>();
        ZOO.forEach(column -> columns.put(column.name(), column.type()));
        columns.keySet().retainAll(List.of("c_int16", "c_int64", "c_text", "c_bytes", "c_double", "c_num"));
        ConnectShop shop = new ConnectShop(columns, Map.of());
        Map<String, Object> values = Map.of(
                "c_int16",
                (short) 7,
                "c_int64",
                7L,
                "c_text",
                "x",
                "c_bytes",
                new byte[] {0},
                "c_double",
                7.0,
                "c_num",
                new BigDecimal("0.03"));
        RawRecord record = shop.json(shop.change("c", null, shop.row(1, values)));
        String json = new String(record.value(), StandardCharsets.UTF_8);
        assertThat(json).contains(sound);
        byte[] broken = json.replace(sound, other).getBytes(StandardCharsets.UTF_8);

        Outcome<SourceMessage> outcome = shop.jsonDecoder().decode(ConnectShop.raw(record.key(), broken, List.of()));

        assertThat(code(outcome)).isEqualTo(code);
        assertThat(((Outcome.Rejected<SourceMessage>) outcome).detail()).doesNotContain("at byte 0");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void answersEveryMutationOfAValidRecord(long seed) {
        ConnectShop shop = shop(Column::optional, "BASE64");
        Map<String, Object> secret = values(Column::first);
        secret.put("c_text", CANARY);
        List<RawRecord> valid = List.of(
                shop.json(shop.change("c", null, shop.row(1, secret))),
                shop.json(shop.change("u", shop.row(1, secret), shop.row(1, values(Column::second)))),
                shop.json(ConnectShop.movedFrom(7, shop.change("c", null, shop.row(1, secret)))));
        AvroDecoder decoder = shop.jsonDecoder();
        Random random = new Random(seed);
        Set<String> codes = new TreeSet<>();
        for (int i = 0; i < 2_000; i++) {
            RawRecord record = valid.get(random.nextInt(valid.size()));
            byte[] value = mutated(record.value(), random, payload(record.value()));
            byte[] key = random.nextInt(10) == 0 ? mutated(record.key(), random, 0) : record.key();
            if (decoder.decode(ConnectShop.raw(key, value, record.headers())) instanceof Outcome.Rejected<?> rejected) {
                assertThat(rejected.code()).as("seed %d record %d", seed, i).isNotEqualTo("DECODER_FAILURE");
                assertThat(rejected.detail()).doesNotContain("canary");
                codes.add(rejected.code());
            }
        }

        assertThat(codes).contains("JSON_MALFORMED", "BAD_MAGIC", "BAD_SCHEMA", "NOT_AN_ENVELOPE");
    }

    private static int payload(byte[] json) {
        return new String(json, StandardCharsets.ISO_8859_1).indexOf("\"payload\"");
    }

    /** Changes a few bytes, half of the time in the payload: most of the bytes are the schema. */
    private static byte[] mutated(byte[] bytes, Random random, int payload) {
        byte[] copy = bytes.clone();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextBoolean()
                    ? random.nextInt(copy.length)
                    : payload + random.nextInt(copy.length - payload);
            switch (random.nextInt(4)) {
                case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> copy[at] = (byte) "{}[]\",:0189nte\\".charAt(random.nextInt(15));
                case 2 -> copy = Arrays.copyOf(copy, Math.max(payload + 1, at));
                default -> copy[random.nextInt(10) == 0 ? 0 : at] = (byte) random.nextInt();
            }
        }
        return copy;
    }

    private static DecodeCode code(Outcome<SourceMessage> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return DecodeCode.valueOf(((Outcome.Rejected<SourceMessage>) outcome).code());
    }
}
