package dev.sluice.audit.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.audit.LedgerException;
import dev.sluice.audit.fixture.Events;
import dev.sluice.audit.fixture.Plans;
import dev.sluice.audit.fixture.Receipts;
import dev.sluice.sinks.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final Instant AT = Events.AT;

    /** Holds the format: a change of the file needs a new version of the event and a reader for both versions. */
    @Test
    void writesEachEventAsItIsFrozen() throws IOException {
        List<String> written = Events.oneOfEach().stream()
                .map(event -> new String(event.canonical(), UTF_8))
                .toList();
        assertThat(written).isEqualTo(golden());
    }

    @Test
    void readsEachFrozenEvent() throws IOException {
        List<LedgerEvent> read = new ArrayList<>();
        for (String line : golden()) {
            read.add(EventCodec.read(read.size(), line.getBytes(UTF_8)));
        }
        assertThat(read).isEqualTo(Events.oneOfEach());
    }

    @Test
    void refusesEveryOtherForm() throws IOException {
        String batch = golden().get(2);
        List<String> changed = List.of(
                "",
                "null",
                "[]",
                " " + batch,
                batch + "\n",
                batch + "{}",
                batch.replace("\"version\":1}", "\"version\":1,\"zzz\":1}"),
                batch.replace("\"number\":0}", "\"number\":0,\"zzz\":1}"),
                batch.replace("\"suppressed\":0}", "\"suppressed\":0,\"zzz\":1}"),
                batch.replace("\"transactions\":2}", "\"transactions\":2,\"zzz\":1}"),
                batch.replace("\"until\":10}", "\"until\":10,\"zzz\":1}"),
                batch.replace("\"tableVersion\":0}", "\"tableVersion\":0,\"zzz\":1}"),
                batch.replaceFirst("\\{", "{\"at\":\"x\","),
                batch.replace("\"version\":1", "\"version\":2"),
                batch.replace("\"version\":1", "\"version\":1.0"),
                batch.replace("\"type\":\"batch\"", "\"type\":\"other\""),
                batch.replace(".123Z", ".1230Z"),
                batch.replace("\"number\":0", "\"number\":-1"),
                batch.replace("\"number\":0", "\"number\":\"0\""),
                batch.replace("\"partition\":0,", ""),
                batch.replace("\"generation\":\"g1\"", "\"generation\":\"g 1\""));
        for (String text : changed) {
            assertThatThrownBy(() -> EventCodec.read(7, text.getBytes(UTF_8)))
                    .as(text)
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("AUD-011")
                    .hasMessageContaining("leaf 7");
        }
    }

    /** A batch that ends between transactions of the source names the place, and no other batch has the member. */
    @Test
    void keepsThePositionUpToWhichTheSourceIsAccountedFor() throws IOException {
        String plain = golden().get(2);
        String text = plain.replace("\"seen\":{", "\"seen\":{\"accounted\":\"1:0/1A10\",");

        LedgerEvent read = EventCodec.read(2, text.getBytes(UTF_8));

        assertThat(((BatchRecorded) read).receipt().seen().accounted()).isEqualTo("1:0/1A10");
        assertThat(new String(read.canonical(), UTF_8)).isEqualTo(text);
        assertThat(((BatchRecorded) EventCodec.read(2, plain.getBytes(UTF_8)))
                        .receipt()
                        .seen()
                        .accounted())
                .isNull();
    }

    @Test
    void refusesABatchThatDoesNotAccountForAllItsRecords() throws IOException {
        String batch = golden().get(2);
        assertThatThrownBy(() -> EventCodec.read(
                        2, batch.replace("\"in\":10", "\"in\":11").getBytes(UTF_8)))
                .hasMessageContaining("AUD-015")
                .hasMessageContaining("read 11 records and accounts for 10");
        assertThatThrownBy(() -> EventCodec.read(
                        2, batch.replace("\"applied\":8", "\"applied\":-8").getBytes(UTF_8)))
                .hasMessageContaining("AUD-011");
    }

    @Test
    void splitsAWideBatchAndJoinsItAgain() {
        Receipt wide = Receipts.wide(0, 700);
        List<LedgerEvent> events = BatchRecorded.of(AT, wide);
        assertThat(events).hasSize(29);
        assertThat(events).allSatisfy(event -> assertThat(event.canonical()).hasSizeLessThan(40_000));
        List<BatchContinued> parts = new ArrayList<>();
        events.subList(0, 28).forEach(event -> parts.add((BatchContinued) event));
        assertThat(((BatchRecorded) events.get(28)).joined(parts)).isEqualTo(wide);
    }

    @Test
    void splitsAWidePlan() {
        List<PolicyActivated> events = PolicyActivated.of(AT, Plans.customers(201));
        assertThat(events).hasSize(3);
        assertThat(events.stream().flatMap(event -> event.part().fields().stream()))
                .hasSize(201);
        assertThat(events).allSatisfy(event -> assertThat(event.canonical()).hasSizeLessThan(40_000));
    }

    @Test
    void writesCanonicalJsonOnly() {
        assertThatThrownBy(() -> EntryJson.write(Map.of("a", 1.5))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryJson.write(Map.of("a", 1L << 53))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryJson.write(Map.of("a", "\ud800"))).isInstanceOf(IllegalArgumentException.class);
        // RFC 8785, section 3.2.3: the order is that of UTF-16 code units.
        assertThat(new String(EntryJson.write(Map.of("\ufb33", 1, "\ud83d\ude00", 2, "\u20ac", 3, "\r", 4)), UTF_8))
                .isEqualTo("{\"\\r\":4,\"\u20ac\":3,\"\ud83d\ude00\":2,\"\ufb33\":1}");
    }

    private static List<String> golden() throws IOException {
        try (InputStream in = EventCodecTest.class.getResourceAsStream("/golden/events.jsonl")) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
