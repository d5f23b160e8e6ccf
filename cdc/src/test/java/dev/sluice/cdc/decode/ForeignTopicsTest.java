package dev.sluice.cdc.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.decode.avro.ColumnNames;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.SourceMessage;
import io.debezium.time.IsoDate;
import io.debezium.time.IsoTime;
import io.debezium.time.IsoTimestamp;
import io.debezium.time.MicroDuration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What other settings of a connector than ours make of a table. */
class ForeignTopicsTest {

    private static final String PLACEHOLDER = DecodeSettings.DEFAULT_PLACEHOLDER;

    static Stream<Arguments> values() {
        Schema hstore = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                .optional()
                .build();
        Map<String, String> map = new java.util.HashMap<>(Map.of("b", "say \"x\"", "a", ""));
        map.put("c", null);
        return Stream.of(
                Arguments.of(IsoDate.builder().optional().build(), "2024-02-29Z", "date", LocalDate.of(2024, 2, 29)),
                Arguments.of(IsoDate.builder().optional().build(), "-0043-03-15Z", "date", LocalDate.of(-43, 3, 15)),
                Arguments.of(
                        IsoTime.builder().optional().build(),
                        "13:14:15.123456Z",
                        "time",
                        LocalTime.of(13, 14, 15, 123_456_000)),
                Arguments.of(
                        IsoTimestamp.builder().optional().build(),
                        "2024-02-29T13:14:15.123456Z",
                        "timestamp",
                        LocalDateTime.of(2024, 2, 29, 13, 14, 15, 123_456_000)),
                Arguments.of(
                        IsoTimestamp.builder().optional().build(),
                        "+12024-01-01T00:00:00Z",
                        "timestamp",
                        LocalDateTime.of(12024, 1, 1, 0, 0)),
                Arguments.of(
                        MicroDuration.builder().optional().build(), 2_629_800_000_000L, "int64", 2_629_800_000_000L),
                Arguments.of(hstore, map, "json", "{\"a\":\"\",\"b\":\"say \\\"x\\\"\",\"c\":null}"),
                Arguments.of(hstore, Map.of(), "json", "{}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsTheValueOfATypeThatAnotherSettingMakes(Schema type, Object sent, String kind, Object value) {
        ConnectShop shop = new ConnectShop(Map.of("c", type), Map.of());
        SourceRecord change = shop.change("c", null, shop.row(1, Map.of("c", sent)));

        for (Outcome<SourceMessage> outcome : List.of(
                shop.avroDecoder().decode(shop.avro(change)), shop.jsonDecoder().decode(shop.json(change)))) {
            Row row = event(outcome).change().after().orElseThrow();
            assertThat(row.value("c")).isEqualTo(value);
            assertThat(row.schema().fields().get(1).type().describe()).isEqualTo(kind);
        }
    }

    @Test
    void takesTheStandInOfAMapForAValueThatWasNotSent() {
        Schema hstore = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                .optional()
                .build();
        ConnectShop shop = new ConnectShop(Map.of("c", hstore), Map.of());

        assertThat(updated(shop, Map.of(PLACEHOLDER, PLACEHOLDER))
                        .change()
                        .after()
                        .orElseThrow()
                        .value("c"))
                .isEqualTo(Absent.VALUE);
    }

    /** Element type, type of the source when the connector propagates it, and what a null of an update becomes. */
    @ParameterizedTest
    @CsvSource({
        "STRING, , AMBIGUOUS_NULL",
        "STRING, _TEXT, ",
        "STRING, _citext, AMBIGUOUS_NULL",
        "STRING, _INET, AMBIGUOUS_NULL",
        "STRING, _INT4RANGE, AMBIGUOUS_NULL",
        "INT64, , AMBIGUOUS_NULL",
        "INT64, _INT8, ",
        "INT64, _OID, AMBIGUOUS_NULL",
        "INT32, , ",
        "BOOLEAN, , AMBIGUOUS_NULL",
    })
    void takesANullArrayOfAnUpdateForNullOnlyWhereItCannotBeALargeUnchangedOne(
            Schema.Type element, String sourceType, DecodeCode code) {
        SchemaBuilder array = SchemaBuilder.array(
                        SchemaBuilder.type(element).optional().build())
                .optional();
        if (sourceType != null) {
            array.parameter("__debezium.source.column.type", sourceType);
        }
        ConnectShop shop = new ConnectShop(Map.of("c", array.build()), Map.of());
        SourceRecord change = shop.change("u", null, shop.row(1, Map.of()));

        Outcome<SourceMessage> outcome = shop.avroDecoder().decode(shop.avro(change));

        if (code == null) {
            assertThat(event(outcome).change().after().orElseThrow().value("c")).isNull();
        } else {
            assertThat(((Outcome.Rejected<SourceMessage>) outcome).code()).isEqualTo(code.name());
        }
    }

    @Test
    void takesTheStandInOfAnArrayOfTextsForAValueThatWasNotSent() {
        Schema texts =
                SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build();
        ConnectShop shop = new ConnectShop(Map.of("c", texts), Map.of());

        assertThat(updated(shop, List.of(PLACEHOLDER))
                        .change()
                        .after()
                        .orElseThrow()
                        .value("c"))
                .isEqualTo(Absent.VALUE);
    }

    @Test
    void givesColumnsTheirNamesBack() {
        ConnectShop shop = new ConnectShop(
                Map.of("first_u0020name_u005f1st_ud83d_ude00", Schema.OPTIONAL_STRING_SCHEMA), Map.of());
        RawRecord record = shop.avro(shop.change("c", null, shop.row(1, Map.of())));
        AvroDecoder decoder = decoder(
                shop, new DecodeSettings.TopicForm(DecodeSettings.Wire.AVRO, ColumnNames.AVRO_UNICODE, Map.of(), true));

        assertThat(event(decoder.decode(record)).schema().fields())
                .extracting(Field::name)
                .containsExactly("id", "first name_1st\uD83D\uDE00");
        assertThat(event(shop.avroDecoder().decode(record)).schema().fields())
                .extracting(Field::name)
                .containsExactly("id", "first_u0020name_u005f1st_ud83d_ude00");
    }

    @Test
    void knowsTheTableOfATopicThatIsNotNamedAfterIt() {
        ConnectShop shop = new ConnectShop(Map.of("c", Schema.OPTIONAL_STRING_SCHEMA), Map.of());
        RawRecord record = shop.avro(shop.change("c", null, shop.row(1, Map.of())));
        RawRecord routed =
                new RawRecord(new Origin("crm.zoo_v2", 0, 41, 0), record.key(), record.value(), record.headers());

        assertThat(event(decoder(shop, tables("public.zoo")).decode(routed))
                        .source()
                        .dataset())
                .isEqualTo(new DatasetId("shop", "public", "zoo"));
        assertThat(code(decoder(shop, tables("public.customers")).decode(routed)))
                .isEqualTo("DATASET_MISMATCH");
        assertThat(code(shop.avroDecoder().decode(routed))).isEqualTo("DATASET_MISMATCH");
    }

    private static DecodeSettings.TopicForm tables(String table) {
        return new DecodeSettings.TopicForm(
                DecodeSettings.Wire.AVRO, ColumnNames.AS_IS, Map.of("crm.zoo_v2", table), true);
    }

    private static AvroDecoder decoder(ConnectShop shop, DecodeSettings.TopicForm form) {
        return new AvroDecoder(shop.registry, DecodeSettings.of("shop").withForm(form));
    }

    private static ChangeEvent updated(ConnectShop shop, Object value) {
        SourceRecord change = shop.change("u", null, shop.row(1, Map.of("c", value)));
        return event(shop.avroDecoder().decode(shop.avro(change)));
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
