package dev.sluice.cdc.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.Marker;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.SourceMessage;
import dev.sluice.cdc.registry.SchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wire bytes that Debezium 3.5.0 wrote for a table of PostgreSQL 18, recorded once with the schemas of their ids. They
 * must decode to the same text for ever: raw topics and dead letters of old releases hold such bytes.
 */
class GoldenRecordsTest {

    private static JsonNode golden() throws IOException {
        try (InputStream file = GoldenRecordsTest.class.getResourceAsStream("golden-records.json")) {
            return new ObjectMapper().readTree(file);
        }
    }

    static Stream<JsonNode> records() throws IOException {
        List<JsonNode> records = new ArrayList<>();
        golden().path("records").forEach(records::add);
        assertThat(records).hasSizeGreaterThan(8);
        return records.stream();
    }

    @ParameterizedTest
    @MethodSource("records")
    void decodesToTheRecordedText(JsonNode record) throws IOException {
        JsonNode golden = golden();
        AvroDecoder decoder = new AvroDecoder(
                new Recorded(golden.path("schemas")),
                DecodeSettings.of(golden.path("source").textValue())
                        .withPlaceholders(List.of(golden.path("placeholder").textValue())));

        assertThat(text(decoder.decode(raw(record))))
                .isEqualTo(record.path("text").textValue());
    }

    private static RawRecord raw(JsonNode record) {
        List<RawRecord.Header> headers = new ArrayList<>();
        record.path("headers")
                .properties()
                .forEach(header -> headers.add(new RawRecord.Header(header.getKey(), bytes(header.getValue()))));
        Origin origin = new Origin(
                record.path("topic").textValue(), 0, record.path("offset").longValue(), 0);
        return new RawRecord(origin, bytes(record.path("key")), bytes(record.path("value")), headers);
    }

    private static byte[] bytes(JsonNode hex) {
        return hex.isNull() ? null : HexFormat.of().parseHex(hex.textValue());
    }

    /** An outcome as text, every value of it. */
    static String text(Outcome<SourceMessage> outcome) {
        return outcome.fold(GoldenRecordsTest::text, rejected -> rejected.code() + " " + rejected.detail());
    }

    private static String text(SourceMessage message) {
        if (message instanceof Marker marker) {
            return marker.kind() + " " + marker.detail();
        }
        ChangeEvent event = (ChangeEvent) message;
        return event.change().op() + " " + event.source().dataset() + " at "
                + event.source().position().seq() + " in " + event.source().transaction() + " committed "
                + event.source().committedAt() + " key " + text(event.keys().key()) + " from "
                + text(event.keys().movedFrom()) + " to " + text(event.keys().movedTo()) + " before "
                + text(event.change().before().orElse(null)) + " after "
                + text(event.change().after().orElse(null));
    }

    private static String text(Row row) {
        if (row == null) {
            return "-";
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.value(i);
            Object shown = value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
            values.add(row.schema().fields().get(i).name() + ":"
                    + row.schema().fields().get(i).type().describe() + "=" + shown);
        }
        return values.toString();
    }

    /** The registry as it was recorded. */
    private record Recorded(JsonNode schemas) implements SchemaRegistry {

        @Override
        public int register(String subject, String schema) {
            throw new AssertionError("the decoder registers nothing");
        }

        @Override
        public Optional<String> schema(int id) {
            return Optional.ofNullable(schemas.path(Integer.toString(id)).textValue());
        }

        @Override
        public Optional<Integer> find(String subject, String schema) {
            return Optional.empty();
        }

        @Override
        public boolean compatible(String subject, String schema) {
            return false;
        }

        @Override
        public void compatibility(String subject, Compatibility level) {}
    }
}
