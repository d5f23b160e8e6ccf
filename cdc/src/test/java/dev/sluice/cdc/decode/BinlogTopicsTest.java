package dev.sluice.cdc.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.decode.avro.ColumnNames;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.SourceMessage;
import dev.sluice.cdc.event.SourcePosition;
import io.debezium.data.Bits;
import io.debezium.data.EnumSet;
import io.debezium.data.Json;
import io.debezium.data.geometry.Geometry;
import io.debezium.data.geometry.Point;
import io.debezium.time.Date;
import io.debezium.time.MicroTime;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.Timestamp;
import io.debezium.time.Year;
import io.debezium.time.ZonedTimestamp;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes of the connectors for MySQL and MariaDB. */
class BinlogTopicsTest {

    private static final String TOPIC = "shop.inventory.zoo";
    private static final String POINT = "0101000000000000000000f03f0000000000000040";

    /** The source block of such a connector at a place of the log; its fields are those of Debezium 3.6. */
    private record Block(String connector, String file, Long pos, Integer row) implements ConnectShop.SourceBlock {

        @Override
        public Schema schema() {
            return SchemaBuilder.struct()
                    .name("io.debezium.connector." + connector + ".Source")
                    .field("version", Schema.STRING_SCHEMA)
                    .field("connector", Schema.STRING_SCHEMA)
                    .field("name", Schema.STRING_SCHEMA)
                    .field("ts_ms", Schema.INT64_SCHEMA)
                    .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
                    .field("db", Schema.STRING_SCHEMA)
                    .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
                    .field("table", Schema.OPTIONAL_STRING_SCHEMA)
                    .field("server_id", Schema.INT64_SCHEMA)
                    .field("gtid", Schema.OPTIONAL_STRING_SCHEMA)
                    .field("file", Schema.STRING_SCHEMA)
                    .field("pos", Schema.OPTIONAL_INT64_SCHEMA)
                    .field("row", Schema.OPTIONAL_INT32_SCHEMA)
                    .field("thread", Schema.OPTIONAL_INT64_SCHEMA)
                    .field("query", Schema.OPTIONAL_STRING_SCHEMA)
                    .build();
        }

        @Override
        public Struct of(String op) {
            return new Struct(schema())
                    .put("version", "3.6.1.Final")
                    .put("connector", connector)
                    .put("name", "shop")
                    .put("ts_ms", Shop.COMMIT_MICROS / 1000)
                    .put("snapshot", op.equals("r") ? "true" : "false")
                    .put("db", "inventory")
                    .put("ts_us", Shop.COMMIT_MICROS)
                    .put("table", "zoo")
                    .put("server_id", 184054L)
                    .put("gtid", "24bc7850-2c16-11e6-a073-0242ac110002:17")
                    .put("file", file)
                    .put("pos", pos)
                    .put("row", row);
        }
    }

    private static ConnectShop shop(Schema column, ConnectShop.SourceBlock block) {
        return new ConnectShop(Map.of("c", column), Map.of(), block);
    }

    private static ConnectShop shop(Schema column) {
        return shop(column, new Block("mysql", "mysql-bin.000003", 154L, 0));
    }

    private static RawRecord routed(RawRecord record) {
        return new RawRecord(new Origin(TOPIC, 0, 41, 0), record.key(), record.value(), record.headers());
    }

    private static Outcome<SourceMessage> decoded(ConnectShop shop, SourceRecord change) {
        return shop.avroDecoder().decode(routed(shop.avro(change)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "mariadb"})
    void readsDatasetPositionAndTransaction(String connector) {
        ConnectShop shop =
                shop(Schema.OPTIONAL_STRING_SCHEMA, new Block(connector, "mysql-bin.000003", 0xffff_fff0L, 2));

        ChangeEvent event = event(decoded(shop, shop.change("u", shop.row(1, Map.of()), shop.row(1, Map.of()))));

        assertThat(event.source().dataset()).isEqualTo(new DatasetId("shop", "inventory", "zoo"));
        assertThat(event.source().position()).isEqualTo(new SourcePosition(0x3_ffff_fff0L, 2, false));
        assertThat(event.source().transaction()).isEqualTo("771:24000");
        assertThat(event.change().before()).isPresent();
    }

    @Test
    void ordersByFileThenPlaceThenRowAndSnapshotReadsFirst() {
        List<SourcePosition> positions = Stream.of(
                        position("r", "bin.000009", 500, 0),
                        position("c", "bin.000009", 500, 0),
                        position("c", "bin.000009", 500, 1),
                        position("c", "bin.000009", 4_000_000_000L, 0),
                        position("c", "bin.000010", 4, 0),
                        position("c", "bin.1000000", 4, 0))
                .toList();

        assertThat(positions).isSorted().doesNotHaveDuplicates();
    }

    private static SourcePosition position(String op, String file, long pos, int row) {
        ConnectShop shop = shop(Schema.OPTIONAL_STRING_SCHEMA, new Block("mysql", file, pos, row));
        return event(decoded(shop, shop.change(op, null, shop.row(1, Map.of()))))
                .source()
                .position();
    }

    @ParameterizedTest
    @CsvSource({"binlog, 4, 0", "bin.x, 4, 0", "bin.000001, -1, 0", "bin.000001, 4294967296, 0", "bin.000001, 4, -1"})
    void refusesAPlaceThatIsNone(String file, long pos, int row) {
        ConnectShop shop = shop(Schema.OPTIONAL_STRING_SCHEMA, new Block("mysql", file, pos, row));

        assertThat(code(decoded(shop, shop.change("c", null, shop.row(1, Map.of())))))
                .isEqualTo("NO_POSITION");
    }

    static Stream<Arguments> values() {
        Schema point = Point.builder().optional().build();
        Schema geometry = Geometry.builder().optional().build();
        byte[] wkb = HexFormat.of().parseHex(POINT);
        return Stream.of(
                Arguments.of(unsigned(), -1L, "decimal(20,0)", new BigDecimal("18446744073709551615")),
                Arguments.of(unsigned(), Long.MIN_VALUE, "decimal(20,0)", new BigDecimal("9223372036854775808")),
                Arguments.of(
                        Decimal.builder(0).optional().build(),
                        new BigDecimal("18446744073709551615"),
                        "big_decimal",
                        new BigDecimal("18446744073709551615")),
                Arguments.of(Year.builder().optional().build(), 2155, "int32", 2155),
                Arguments.of(EnumSet.builder("a,b,c").optional().build(), "a,c", "text", "a,c"),
                Arguments.of(Bits.builder(12).optional().build(), new byte[] {1, 8}, "bytes", new byte[] {1, 8}),
                Arguments.of(Json.builder().optional().build(), "{\"a\": 1}", "json", "{\"a\": 1}"),
                Arguments.of(Date.builder().optional().build(), 0, "date", LocalDate.EPOCH),
                Arguments.of(
                        Schema.OPTIONAL_STRING_SCHEMA,
                        DecodeSettings.DEFAULT_PLACEHOLDER,
                        "text",
                        DecodeSettings.DEFAULT_PLACEHOLDER),
                Arguments.of(point, Point.createValue(point, 1, 2), "bytes", wkb),
                Arguments.of(
                        geometry,
                        Geometry.createValue(geometry, wkb, 4326),
                        "bytes",
                        HexFormat.of().parseHex("0101000020e6100000000000000000f03f0000000000000040")),
                Arguments.of(
                        geometry,
                        Geometry.createValue(
                                geometry, HexFormat.of().parseHex("00000000013ff00000000000004000000000000000"), 4326),
                        "bytes",
                        HexFormat.of().parseHex("0020000001000010e63ff00000000000004000000000000000")),
                Arguments.of(
                        geometry,
                        Geometry.createValue(
                                geometry,
                                HexFormat.of().parseHex("0101000020e6100000000000000000f03f0000000000000040"),
                                4326),
                        "bytes",
                        HexFormat.of().parseHex("0101000020e6100000000000000000f03f0000000000000040")));
    }

    private static Schema unsigned() {
        return SchemaBuilder.int64()
                .optional()
                .parameter("__debezium.source.column.type", "BIGINT UNSIGNED")
                .build();
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsTheTypesOfMySql(Schema type, Object sent, String kind, Object value) {
        ConnectShop shop = shop(type);
        SourceRecord change = shop.change("u", shop.row(1, Map.of()), shop.row(1, Map.of("c", sent)));

        for (Outcome<SourceMessage> outcome :
                List.of(decoded(shop, change), shop.jsonDecoder().decode(routed(shop.json(change))))) {
            Row row = event(outcome).change().after().orElseThrow();
            assertThat(row.value("c")).isEqualTo(value);
            assertThat(row.schema().fields().get(1).type().describe()).isEqualTo(kind);
        }
    }

    @Test
    void refusesAGeometryThatIsNoBinaryForm() {
        Schema geometry = Geometry.builder().optional().build();
        ConnectShop shop = shop(geometry);
        Struct broken = Geometry.createValue(geometry, new byte[] {7, 1, 0, 0, 0}, null);

        assertThat(code(decoded(shop, shop.change("c", null, shop.row(1, Map.of("c", broken))))))
                .isEqualTo("LOGICAL_TYPE");
    }

    @Test
    void refusesATimeBeyondADay() {
        ConnectShop shop = shop(MicroTime.builder().optional().build());
        SourceRecord change = shop.change("c", null, shop.row(1, Map.of("c", -3_020_399_000_000L)));

        assertThat(code(decoded(shop, change))).isEqualTo("TEMPORAL_RANGE");
    }

    /** What the connector sends for a zero date in a column that cannot be null. */
    static Stream<Arguments> zeroDates() {
        return Stream.of(
                Arguments.of(Date.builder().build(), 0),
                Arguments.of(MicroTimestamp.builder().build(), 0L),
                Arguments.of(Timestamp.builder().build(), 0L),
                Arguments.of(ZonedTimestamp.builder().build(), "1970-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("zeroDates")
    void refusesAMomentThatMayBeAZeroDate(Schema type, Object sent) {
        ConnectShop shop = shop(type);
        RawRecord record = routed(shop.avro(shop.change("c", null, shop.row(1, Map.of("c", sent)))));
        AvroDecoder sure = new AvroDecoder(
                shop.registry,
                DecodeSettings.of("shop")
                        .withForm(new DecodeSettings.TopicForm(
                                DecodeSettings.Wire.AVRO, ColumnNames.AS_IS, Map.of(), false)));

        assertThat(code(shop.avroDecoder().decode(record))).isEqualTo("ZERO_DATE");
        boolean instant = sent instanceof String;
        assertThat(sure.decode(record) instanceof Outcome.Rejected).isEqualTo(instant);
    }

    @Test
    void keepsTheNullThatStandsForAZeroDateWhereTheColumnMayBeNull() {
        ConnectShop shop = shop(Date.builder().optional().build());

        assertThat(event(decoded(shop, shop.change("c", null, shop.row(1, Collections.singletonMap("c", null)))))
                        .change()
                        .after()
                        .orElseThrow()
                        .value("c"))
                .isNull();
    }

    private static ChangeEvent event(Outcome<SourceMessage> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return (ChangeEvent) ((Outcome.Accepted<SourceMessage>) outcome).value();
    }

    private static String code(Outcome<SourceMessage> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected<SourceMessage>) outcome).code();
    }
}
