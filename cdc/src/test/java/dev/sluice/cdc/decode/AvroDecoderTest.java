package dev.sluice.cdc.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.decode.avro.DecodeLimits;
import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.Marker;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.SourceEpoch;
import dev.sluice.cdc.event.SourceMessage;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroDecoderTest {

    private static final String PLACEHOLDER = DecodeSettings.DEFAULT_PLACEHOLDER;

    private final Shop shop = new Shop();

    @Test
    void decodesAnInsertWithItsPlaceInTheSource() {
        RawRecord raw = shop.everyOp().get(1);

        ChangeEvent event = event(raw);

        assertThat(event.origin()).isEqualTo(raw.origin());
        assertThat(event.source().dataset()).isEqualTo(new DatasetId("shop", "public", "customers"));
        assertThat(event.source().position().seq()).isEqualTo("00000000.000000016b374d48.1.000000016b374d48.00000003");
        assertThat(event.source().transaction()).isEqualTo("771");
        assertThat(event.source().committedAt()).isEqualTo(Instant.EPOCH.plus(Shop.COMMIT_MICROS, ChronoUnit.MICROS));
        assertThat(event.source().schemaId()).isEqualTo(9);
        assertThat(event.change().op()).isEqualTo(Change.Op.INSERT);
        assertThat(event.keys().row().orElseThrow().value("id")).isEqualTo(5);
        assertThat(values(event.change().after().orElseThrow()))
                .containsExactly(
                        5,
                        "Zoë \uD83D\uDE00",
                        "",
                        "gold",
                        List.of((byte) 1, (byte) 2, (byte) 3),
                        Arrays.asList("a", null, "b"),
                        new BigDecimal("123.45"),
                        LocalDate.of(1967, 4, 7));
    }

    @Test
    void marksTheKeyFieldsOfTheSchema() {
        ChangeEvent event = event(shop.record(1, shop.envelope("c", null, shop.row(1))));

        assertThat(event.schema().fields().stream().filter(Field::key).map(Field::name))
                .containsExactly("id");
        assertThat(event.schema().fields().stream().map(f -> f.type().describe()))
                .containsExactly("int32", "text", "text", "text", "bytes", "array<text>", "decimal(10,2)", "date");
        assertThat(event.schema().fields().stream().map(Field::nullable))
                .containsExactly(false, false, true, true, true, true, true, true);
    }

    @Test
    void keepsNullApartFromEmptyAndFromTheDefault() {
        ChangeEvent event = event(
                shop.record(1, shop.envelope("c", null, shop.row(1, "note", "", "level", null, "tags", List.of()))));

        assertThat(event.change().after().orElseThrow().value("note")).isEqualTo("");
        assertThat(event.change().after().orElseThrow().value("level")).isNull();
        assertThat(event.change().after().orElseThrow().value("tags")).isEqualTo(List.of());
        assertThat(event.change().after().orElseThrow().value("born")).isNull();
    }

    @Test
    void decodesBeforeWithTheSameCodeAsAfter() {
        ChangeEvent event = event(shop.record(
                1, shop.envelope("u", shop.row(1, "note", "old", "born", 0), shop.row(1, "note", "new", "born", 1))));

        assertThat(event.change().before().orElseThrow().value("note")).isEqualTo("old");
        assertThat(event.change().before().orElseThrow().value("born")).isEqualTo(LocalDate.EPOCH);
        assertThat(event.change().after().orElseThrow().value("born")).isEqualTo(LocalDate.of(1970, 1, 2));
    }

    @Test
    void readsThePlaceholderOfAnUpdateAsAbsent() {
        GenericData.Record after = shop.row(
                1,
                "note",
                PLACEHOLDER,
                "photo",
                ByteBuffer.wrap(PLACEHOLDER.getBytes(StandardCharsets.UTF_8)),
                "tags",
                List.of(PLACEHOLDER));

        ChangeEvent event = event(shop.record(1, shop.envelope("u", null, after)));

        assertThat(event.change().after().orElseThrow().value("note")).isEqualTo(Absent.VALUE);
        assertThat(event.change().after().orElseThrow().value("photo")).isEqualTo(Absent.VALUE);
        assertThat(event.change().after().orElseThrow().value("tags")).isEqualTo(Absent.VALUE);
        assertThat(event.change().after().orElseThrow().value("level")).isNull();
    }

    @Test
    void keepsATextThatAUserInsertsThoughItLooksLikeThePlaceholder() {
        ChangeEvent event = event(shop.record(1, shop.envelope("c", null, shop.row(1, "note", PLACEHOLDER))));

        assertThat(event.change().after().orElseThrow().value("note")).isEqualTo(PLACEHOLDER);
    }

    @Test
    void keepsTheDefaultPlaceholderTextWhereAnotherIsConfigured() {
        AvroDecoder decoder = new AvroDecoder(
                shop.registry, DecodeSettings.of("shop").withPlaceholders(List.of("\u0001absent-7f3a")));
        RawRecord raw = shop.record(
                1, shop.envelope("u", null, shop.row(1, "note", PLACEHOLDER, "level", "\u0001absent-7f3a")));

        ChangeEvent event = (ChangeEvent) accepted(decoder.decode(raw));

        assertThat(event.change().after().orElseThrow().value("note")).isEqualTo(PLACEHOLDER);
        assertThat(event.change().after().orElseThrow().value("level")).isEqualTo(Absent.VALUE);
    }

    @Test
    void readsAKeyOnlyImageOfADeleteAsAbsentValues() {
        ChangeEvent event = event(shop.record(9, shop.envelope("d", shop.row(9, "name", ""), null)));

        assertThat(event.change().before().orElseThrow().value("id")).isEqualTo(9);
        assertThat(event.change().before().orElseThrow().value("name")).isEqualTo(Absent.VALUE);
        assertThat(event.change().before().orElseThrow().value("note")).isEqualTo(Absent.VALUE);
    }

    @Test
    void readsDeclaredDefaultsOfAKeyOnlyImageAsAbsentToo() {
        Shop defaults = new Shop(
                """
                {"name":"id","type":"int"},{"name":"name","type":"string"},
                {"name":"grade","type":{"type":"int","connect.default":3},"default":3},
                {"name":"ref","type":{"type":"string","connect.name":"io.debezium.data.Uuid"}}""");
        RawRecord filled =
                defaults.record(9, defaults.envelope("d", defaults.row(9, "name", "", "grade", 3, "ref", ""), null));
        RawRecord whole =
                defaults.record(9, defaults.envelope("d", defaults.row(9, "name", "", "grade", 4, "ref", ""), null));

        ChangeEvent event = (ChangeEvent) accepted(defaults.decoder().decode(filled));

        assertThat(event.change().before().orElseThrow().value("grade")).isEqualTo(Absent.VALUE);
        assertThat(event.change().before().orElseThrow().value("ref")).isEqualTo(Absent.VALUE);
        assertThat(code(defaults.decoder().decode(whole))).isEqualTo(DecodeCode.LOGICAL_TYPE);
    }

    @Test
    void refusesANullThatMayBeALargeUnchangedValue() {
        Shop arrays = new Shop(
                """
                {"name":"id","type":"int"},{"name":"name","type":"string"},
                {"name":"vector","type":["null",{"type":"array","items":"double"}],"default":null}""");
        RawRecord withoutBefore = arrays.record(1, arrays.envelope("u", null, arrays.row(1)));
        RawRecord withBefore =
                arrays.record(1, arrays.envelope("u", arrays.row(1, "vector", List.of(1.0)), arrays.row(1)));

        assertThat(code(arrays.decoder().decode(withoutBefore))).isEqualTo(DecodeCode.AMBIGUOUS_NULL);
        ChangeEvent event = (ChangeEvent) accepted(arrays.decoder().decode(withBefore));
        assertThat(event.change().after().orElseThrow().value("vector")).isNull();
    }

    @Test
    void keepsAFullImageOfADelete() {
        ChangeEvent event = event(shop.record(9, shop.envelope("d", shop.row(9, "name", "Ana"), null)));

        assertThat(event.change().before().orElseThrow().value("name")).isEqualTo("Ana");
        assertThat(event.change().before().orElseThrow().value("note")).isNull();
    }

    @Test
    void linksTheTwoHalvesOfAKeyChange() {
        ChangeEvent gone = event(shop.record(
                4, shop.envelope("d", shop.row(4), null), new RawRecord.Header("__debezium.newkey", shop.key(5))));
        ChangeEvent come = event(shop.record(
                5, shop.envelope("c", null, shop.row(5)), new RawRecord.Header("__debezium.oldkey", shop.key(4))));

        assertThat(gone.keys().movedTo().value("id")).isEqualTo(5);
        assertThat(gone.keys().movedFrom()).isNull();
        assertThat(come.keys().movedFrom().value("id")).isEqualTo(4);
        assertThat(come.keys().movedTo()).isNull();
    }

    @Test
    void readsAnAbsentValueInTheSecondHalfOfAKeyChange() {
        ChangeEvent come = event(shop.record(
                5,
                shop.envelope("c", null, shop.row(5, "note", PLACEHOLDER)),
                new RawRecord.Header("__debezium.oldkey", shop.key(4))));

        assertThat(come.change().after().orElseThrow().value("note")).isEqualTo(Absent.VALUE);
    }

    @Test
    void decodesATruncateWithoutKey() {
        ChangeEvent event = event(Shop.raw(null, shop.framed(shop.envelope("t", null, null))));

        assertThat(event.change().op()).isEqualTo(Change.Op.TRUNCATE);
        assertThat(event.keys().row()).isEmpty();
        assertThat(event.source().dataset().table()).isEqualTo("customers");
    }

    @Test
    void ordersSnapshotRowsBelowTheStream() {
        ChangeEvent read = event(shop.record(1, shop.envelope("r", null, shop.row(1))));
        ChangeEvent insert = event(shop.record(1, shop.envelope("c", null, shop.row(1))));

        assertThat(read.source().position().seq()).isEqualTo("00000000.000000016b374d48.0.000000016b374d48.00000000");
        assertThat(read.source().position()).isLessThan(insert.source().position());
        assertThat(read.source().transaction()).isEqualTo("771");
    }

    /** Cases of where a change stands: fields of the source block, and the text of the position. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c | false       | 400 | [\"500\",\"400\"] | 00000000.00000000000001f4.1.0000000000000190.00000003",
                "c | false       | 400 | [\"300\",\"400\"] | 00000000.0000000000000190.1.0000000000000190.00000003",
                "c | false       | 400 | [null,\"400\"]    | 00000000.0000000000000190.2.0000000000000190.00000003",
                "c | false       | 400 |                    | 00000000.0000000000000190.2.0000000000000190.00000003",
                "r | true        | 400 | [null,\"400\"]    | 00000000.0000000000000190.0.0000000000000190.00000000",
                "r | incremental | 400 | [\"380\",\"400\"] | 00000000.0000000000000190.0.0000000000000190.0000002a",
                "r | incremental | 400 | [\"500\",\"400\"] | 00000000.00000000000001f4.0.00000000000001f4.0000002a",
                "r | incremental |     |                    | 00000000.0000000000000000.0.0000000000000000.0000002a"
            })
    void placesAChangeBehindTheLastCommitBeforeIt(String op, String snapshot, Long lsn, String sequence, String seq) {
        GenericData.Record envelope = shop.envelope(op, null, shop.row(1));
        GenericData.Record source = (GenericData.Record) envelope.get("source");
        source.put("snapshot", snapshot);
        source.put("lsn", lsn);
        source.put("sequence", sequence);

        assertThat(event(shop.record(1, envelope)).source().position().seq()).isEqualTo(seq);
    }

    @Test
    void rejectsASequenceThatIsNoListOfPositions() {
        GenericData.Record envelope = shop.envelope("c", null, shop.row(1));
        ((GenericData.Record) envelope.get("source")).put("sequence", "[\"12x\",\"400\"]");

        assertThat(code(shop.record(1, envelope))).isEqualTo(DecodeCode.NO_POSITION);
    }

    @ParameterizedTest
    @CsvSource({"7,00000007", "4294967295,ffffffff"})
    void readsTheEpochOfTheHeader(String header, String epoch) {
        RawRecord record = shop.record(1, shop.envelope("c", null, shop.row(1)), epoch(header));

        assertThat(event(record).source().position().seq()).startsWith(epoch + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "4294967296", "99999999999999999999"})
    void rejectsAnEpochThatIsNoNumber(String header) {
        assertThat(code(shop.record(1, shop.envelope("c", null, shop.row(1)), epoch(header))))
                .isEqualTo(DecodeCode.NO_POSITION);
    }

    @Test
    void readsASweepMarkAsATruncateBelowItsEpoch() {
        ChangeEvent sweep = event(Shop.raw(null, null, epoch("3"), sweep("1700000000000000 public customers")));

        assertThat(sweep.change().op()).isEqualTo(Change.Op.TRUNCATE);
        assertThat(sweep.source().position().seq()).isEqualTo("00000003.0000000000000000.0.0000000000000000.00000000");
        assertThat(sweep.source().committedAt()).isEqualTo(Instant.parse("2023-11-14T22:13:20Z"));
        assertThat(sweep.source().dataset()).isEqualTo(new DatasetId("shop", "public", "customers"));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1700000000000000 public, NO_POSITION",
        "3, x public customers, NO_POSITION",
        "0, 1700000000000000 public customers, NO_POSITION",
        "3, 1700000000000000 public orders, DATASET_MISMATCH"
    })
    void rejectsASweepMarkThatIsNotWhole(String epoch, String text, DecodeCode expected) {
        assertThat(code(Shop.raw(null, null, epoch(epoch), sweep(text)))).isEqualTo(expected);
    }

    private static RawRecord.Header sweep(String text) {
        return new RawRecord.Header(SourceEpoch.SWEEP, text.getBytes(StandardCharsets.UTF_8));
    }

    private static RawRecord.Header epoch(String text) {
        return new RawRecord.Header(SourceEpoch.HEADER, text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void readsMarkers() {
        String schema =
                """
                {"type":"record","name":"TransactionMetadataValue","namespace":"io.debezium.connector.common","fields":[
                 {"name":"status","type":"string"},{"name":"id","type":"string"},
                 {"name":"event_count","type":["null","long"],"default":null},{"name":"ts_ms","type":"long"}]}""";
        GenericData.Record end = new GenericData.Record(Shop.parse(schema));
        end.put("status", "END");
        end.put("id", "771:24000");
        end.put("ts_ms", 1L);

        assertThat(marker("shop.transaction", shop.framed(end)))
                .isEqualTo(new Marker(at("shop.transaction"), Marker.MarkerKind.TRANSACTION_END, "771"));
        end.put("status", "BEGIN");
        assertThat(marker("shop.transaction", shop.framed(end)).kind()).isEqualTo(Marker.MarkerKind.TRANSACTION_BEGIN);
        assertThat(marker("__debezium-heartbeat.shop", new byte[] {9}).kind()).isEqualTo(Marker.MarkerKind.HEARTBEAT);
        assertThat(marker(Shop.TOPIC, null).kind()).isEqualTo(Marker.MarkerKind.TOMBSTONE);
    }

    @Test
    void decodesAForeignEnvelopeOfAnotherOrderWithMoreFieldsAndWithoutTransaction() {
        Shop plain = new Shop();
        List<Schema.Field> fields = new java.util.ArrayList<>();
        fields.add(new Schema.Field("op", Schema.create(Schema.Type.STRING)));
        fields.add(new Schema.Field("audit", Schema.createMap(Schema.create(Schema.Type.LONG))));
        fields.add(copy(plain.value.getField("source")));
        fields.add(copy(plain.value.getField("after")));
        fields.add(copy(plain.value.getField("before")));
        Schema foreign = Schema.createRecord("ConnectDefault", null, "io.confluent.connect.avro", false, fields);
        GenericData.Record theirs = plain.envelope("u", plain.row(3, "note", "x"), plain.row(3, "note", "y"));
        GenericData.Record envelope = new GenericData.Record(foreign);
        foreign.getFields().stream()
                .map(Schema.Field::name)
                .filter(name -> !name.equals("audit"))
                .forEach(name -> envelope.put(name, theirs.get(name)));
        envelope.put("audit", java.util.Map.of("a", 1L, "b", 2L));

        ChangeEvent event = (ChangeEvent) accepted(plain.decoder().decode(plain.record(3, envelope)));

        assertThat(event.change().before().orElseThrow().value("note")).isEqualTo("x");
        assertThat(event.change().after().orElseThrow().value("note")).isEqualTo("y");
        assertThat(event.source().position().seq()).isEqualTo("00000000.000000016b374d48.1.000000016b374d48.00000000");
        assertThat(event.source().transaction()).isEqualTo("771");
    }

    private static Schema.Field copy(Schema.Field field) {
        return new Schema.Field(field.name(), field.schema());
    }

    @Test
    void rejectsAWrongMagicByte() {
        byte[] value = shop.framed(shop.envelope("c", null, shop.row(1)));
        value[0] = 1;

        assertThat(code(Shop.raw(shop.key(1), value))).isEqualTo(DecodeCode.BAD_MAGIC);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void rejectsAShortFrame(int length) {
        assertThat(code(Shop.raw(shop.key(1), new byte[length]))).isEqualTo(DecodeCode.FRAME_TRUNCATED);
    }

    @Test
    void rejectsAnUnknownSchema() {
        assertThat(code(Shop.raw(shop.key(1), new byte[] {0, 0, 0, 0, 8}))).isEqualTo(DecodeCode.UNKNOWN_SCHEMA);
    }

    @Test
    void holdsTheDatasetOfARecordWhoseSchemaIsUnknownYet() {
        AvroDecoder patient = new AvroDecoder(shop.registry, DecodeSettings.of("shop"));

        assertThatThrownBy(() -> patient.decode(Shop.raw(shop.key(1), new byte[] {0, 0, 0, 0, 8})))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.dataset()).contains(Shop.TOPIC))
                .hasMessageStartingWith("CDC-111")
                .hasMessageContaining("shop.public.customers/0/41");
        assertThat(patient.decode(shop.record(1, shop.envelope("c", null, shop.row(1)))))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void rejectsEveryTruncation() {
        RawRecord whole = shop.everyOp().get(2);
        for (int length = 5; length < whole.value().length; length++) {
            RawRecord cut = Shop.raw(whole.key(), Arrays.copyOf(whole.value(), length));
            assertThat(code(cut)).as("cut to %d bytes", length).isEqualTo(DecodeCode.AVRO_TRUNCATED);
        }
    }

    @Test
    void rejectsTrailingBytes() {
        RawRecord whole = shop.everyOp().get(2);

        assertThat(code(Shop.raw(whole.key(), Arrays.copyOf(whole.value(), whole.value().length + 1))))
                .isEqualTo(DecodeCode.AVRO_TRAILING);
        assertThat(code(Shop.raw(Arrays.copyOf(whole.key(), whole.key().length + 1), whole.value())))
                .isEqualTo(DecodeCode.AVRO_TRAILING);
    }

    @Test
    void saysWhereTheDefectIsButNotWhatTheValueIs() {
        GenericData.Record envelope = shop.envelope("c", null, shop.row(1, "name", "secret-4711"));
        byte[] value = shop.framed(envelope);
        int at = indexOf(value, "secret".getBytes(StandardCharsets.UTF_8));
        value[at] = (byte) 0xff;

        Outcome.Rejected<SourceMessage> rejected = rejected(Shop.raw(shop.key(1), value));

        assertThat(rejected.code()).isEqualTo("UTF8_INVALID");
        assertThat(rejected.detail()).isEqualTo("after.name: invalid UTF-8 in the text at byte " + at);
        assertThat(rejected.stage()).isEqualTo(Outcome.Stage.DECODE);
        assertThat(rejected.toString()).doesNotContain("4711");
    }

    @Test
    void rejectsANullKey() {
        assertThat(code(Shop.raw(null, shop.framed(shop.envelope("u", null, shop.row(1))))))
                .isEqualTo(DecodeCode.NULL_KEY);
    }

    @Test
    void rejectsAKeyThatIsPartlyNull() {
        Schema nullable = Shop.parse(Shop.KEY.replace("\"type\":\"int\"", "\"type\":[\"null\",\"int\"]"));

        assertThat(code(Shop.raw(
                        shop.framed(new GenericData.Record(nullable)),
                        shop.framed(shop.envelope("c", null, shop.row(1))))))
                .isEqualTo(DecodeCode.NULL_KEY_PART);
    }

    @Test
    void rejectsARowUnderAnotherRowsKey() {
        assertThat(code(shop.record(2, shop.envelope("c", null, shop.row(1))))).isEqualTo(DecodeCode.KEY_MISMATCH);
    }

    @Test
    void rejectsAnUnknownOp() {
        assertThat(code(shop.record(1, shop.envelope("x", null, shop.row(1))))).isEqualTo(DecodeCode.UNKNOWN_OP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lsn", "ts_us"})
    void rejectsAMissingPosition(String field) {
        GenericData.Record envelope = shop.envelope("c", null, shop.row(1));
        GenericData.Record source = (GenericData.Record) envelope.get("source");
        source.put(field, null);
        if (field.equals("ts_us")) {
            source.put("ts_ms", -1L);
        }

        assertThat(code(shop.record(1, envelope))).isEqualTo(DecodeCode.NO_POSITION);
    }

    @Test
    void rejectsARecordThatNamesAnotherTableThanItsTopic() {
        GenericData.Record envelope = shop.envelope("c", null, shop.row(1));
        ((GenericData.Record) envelope.get("source")).put("table", "public_holidays");

        assertThat(code(shop.record(1, envelope))).isEqualTo(DecodeCode.DATASET_MISMATCH);
    }

    @Test
    void rejectsALargeRecord() {
        DecodeSettings small = new DecodeSettings(
                "shop",
                new DecodeLimits(1000, 1000, 10, 16, 100),
                List.of(PLACEHOLDER),
                Shop.AT_ONCE,
                DecodeSettings.TopicForm.STANDARD);
        RawRecord raw = shop.record(1, shop.envelope("c", null, shop.row(1, "note", "x".repeat(900))));

        assertThat(code(new AvroDecoder(shop.registry, small).decode(raw))).isEqualTo(DecodeCode.RECORD_TOO_LARGE);
    }

    @Test
    void rejectsWhatIsNoEnvelope() {
        assertThat(code(Shop.raw(shop.key(1), shop.framed(shop.row(1))))).isEqualTo(DecodeCode.NOT_AN_ENVELOPE);
        assertThat(code(shop.record(1, shop.envelope("c", null, null)))).isEqualTo(DecodeCode.NOT_AN_ENVELOPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Struct{id=4}", "{\"id\":\"4\"}"})
    void rejectsAKeyLinkThatIsNoKey(String text) {
        RawRecord raw = linked(text);

        assertThat(code(raw)).isEqualTo(DecodeCode.BAD_KEY_LINK);
        assertThat(rejected(raw).detail()).contains("__debezium.oldkey").doesNotContain("4");
    }

    /** As a Connect worker writes it that was not told of another header converter. */
    @Test
    void readsAKeyLinkThatIsJson() {
        assertThat(event(linked("{\"id\":4}")).keys().movedFrom().value("id")).isEqualTo(4);
    }

    private RawRecord linked(String text) {
        byte[] header = text.getBytes(StandardCharsets.UTF_8);
        return shop.record(5, shop.envelope("c", null, shop.row(5)), new RawRecord.Header("__debezium.oldkey", header));
    }

    @Test
    void rejectsAStructThatItHasNoValueForAndNamesTheColumn() {
        Shop zoo = new Shop(
                """
                {"name":"id","type":"int"},{"name":"place","type":{"type":"record","name":"Point",
                 "namespace":"io.debezium.data.vector","fields":[{"name":"x","type":"double"}],
                 "connect.name":"io.debezium.data.vector.SparseDoubleVector"}}""");
        GenericData.Record row = zoo.row(1);
        GenericData.Record point =
                new GenericData.Record(row.getSchema().getField("place").schema());
        point.put("x", 1.0);
        row.put("place", point);

        Outcome.Rejected<SourceMessage> rejected = rejected(zoo, zoo.record(1, zoo.envelope("c", null, row)));

        assertThat(rejected.code()).isEqualTo("UNSUPPORTED_TYPE");
        assertThat(rejected.detail()).contains("after.place", "io.debezium.data.vector.SparseDoubleVector");
    }

    @Test
    void survivesARegistryThatHoldsASchemaThatCannotBeUsed() {
        int recursive = shop.registry.register(
                "any", "{\"type\":\"record\",\"name\":\"N\",\"fields\":[{\"name\":\"n\",\"type\":[\"null\",\"N\"]}]}");
        int nonsense = shop.registry.register("any", "{\"type\":12}");

        assertThat(code(Shop.raw(shop.key(1), Shop.frame(recursive, new byte[] {0}))))
                .isEqualTo(DecodeCode.BAD_SCHEMA);
        assertThat(code(Shop.raw(shop.key(1), Shop.frame(nonsense, new byte[] {0}))))
                .isEqualTo(DecodeCode.BAD_SCHEMA);
    }

    private static Origin at(String topic) {
        return new Origin(topic, 0, 1, 2);
    }

    private Marker marker(String topic, byte[] value) {
        return (Marker) accepted(shop.decoder().decode(new RawRecord(at(topic), null, value, List.of())));
    }

    private ChangeEvent event(RawRecord raw) {
        return (ChangeEvent) accepted(shop.decoder().decode(raw));
    }

    private static SourceMessage accepted(Outcome<SourceMessage> outcome) {
        return outcome.fold(value -> value, rejected -> {
            throw new AssertionError(rejected.code() + " " + rejected.detail());
        });
    }

    private DecodeCode code(RawRecord raw) {
        return code(shop.decoder().decode(raw));
    }

    private static DecodeCode code(Outcome<SourceMessage> outcome) {
        return outcome.fold(
                value -> {
                    throw new AssertionError("accepted");
                },
                rejected -> DecodeCode.valueOf(rejected.code()));
    }

    private Outcome.Rejected<SourceMessage> rejected(RawRecord raw) {
        return rejected(shop, raw);
    }

    private static Outcome.Rejected<SourceMessage> rejected(Shop shop, RawRecord raw) {
        return (Outcome.Rejected<SourceMessage>) shop.decoder().decode(raw);
    }

    private static List<Object> values(dev.sluice.cdc.event.Row row) {
        List<Object> values = new java.util.ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(row.value(i) instanceof byte[] bytes ? boxed(bytes) : row.value(i));
        }
        return values;
    }

    private static List<Byte> boxed(byte[] bytes) {
        List<Byte> boxed = new java.util.ArrayList<>();
        for (byte b : bytes) {
            boxed.add(b);
        }
        return boxed;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + part.length), part)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }
}
