package dev.sluice.cdc.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.capture.DebeziumCapture;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.testkit.TestSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The values of {@code exact-values.txt}, from snapshot and stream, beside a healthy table that has to go on. */
class ExactValuesIT {

    private static final String HEALTHY = "public.healthy";

    @TempDir
    Path folder;

    private record Case(int number, String type, String literal, String wire, String decoded) {

        static Case of(int number, String line) {
            String[] parts = line.split(" \\| ", -1);
            assertThat(parts).as(line).hasSize(4);
            return new Case(number, parts[0].strip(), parts[1].strip(), parts[2].strip(), parts[3].strip());
        }

        String table() {
            return "public.t" + number;
        }

        String insert(int id) {
            return "INSERT INTO t" + number + " VALUES (" + id + ", " + literal + ")";
        }

        String name() {
            return type + " " + literal;
        }
    }

    @Test
    void carriesTheSameExactValueFromSnapshotAndStream() throws Exception {
        List<Case> cases = cases();
        TestSource source = TestSource.create(folder, tables(cases), setup(cases));
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(120, TimeUnit.SECONDS);
            source.database().run(cases.stream().map(each -> each.insert(2)).toArray(String[]::new));
            source.database().run("INSERT INTO healthy VALUES (2)");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> capture.failure().isPresent()
                            || source.operations(HEALTHY).equals("rc"));

            assertThat(capture.failure()).isEmpty();
            List<String> wrong = new ArrayList<>();
            AvroDecoder decoder = decoder(source);
            for (Case each : cases) {
                judge(each, source, decoder, wrong);
            }
            assertThat(wrong).isEmpty();
        }
    }

    /** The engine asks the catalog, which knows nothing of the time when the change was logged. */
    @Test
    void keepsTheNullOfAChangeThatWasLoggedBeforeTheColumnForbadeNull() throws Exception {
        TestSource source = TestSource.create(
                folder,
                List.of(HEALTHY),
                "CREATE TABLE healthy (id int PRIMARY KEY, t text, n int DEFAULT 5, d date, a numeric(10,2), b bool,"
                        + " z timestamptz, u uuid, j jsonb, l bigint[])");
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
        }
        source.database().run("INSERT INTO healthy (id, n) VALUES (1, NULL)", "DELETE FROM healthy");
        for (String column : List.of("t", "n", "d", "a", "b", "z", "u", "j", "l")) {
            source.database().run("ALTER TABLE healthy ALTER " + column + " SET NOT NULL");
        }
        try (DebeziumCapture capture = source.capture()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> capture.failure().isPresent()
                            || source.operations(HEALTHY).equals("cd-"));

            assertThat(capture.failure()).isEmpty();
            ChangeEvent event = (ChangeEvent)
                    decoder(source).decode(raw(source.raw(HEALTHY).get(0))).fold(accepted -> accepted, rejected -> {
                        throw new AssertionError(rejected.code() + " " + rejected.detail());
                    });
            for (String column : List.of("t", "n", "d", "a", "b", "z", "u", "j", "l")) {
                assertThat(event.change().after().orElseThrow().value(column))
                        .as(column)
                        .isNull();
            }
        }
    }

    private static void judge(Case each, TestSource source, AvroDecoder decoder, List<String> wrong) {
        List<String> wire = source.changes(each.table()).stream()
                .map(change -> String.valueOf(((GenericRecord) change.get("after")).get("v")))
                .toList();
        List<String> decoded = source.raw(each.table()).stream()
                .map(record -> outcome(decoder, record))
                .toList();
        boolean sameWire = wire.size() == 2
                && wire.get(0).equals(wire.get(1))
                && (each.wire().equals("*") || wire.get(0).equals(each.wire()));
        if (!sameWire || !decoded.equals(List.of(each.decoded(), each.decoded()))) {
            wrong.add(each.name() + ": wire " + wire + ", decoded " + decoded);
        }
    }

    private static String outcome(AvroDecoder decoder, ConsumerRecord<byte[], byte[]> record) {
        return decoder.decode(raw(record))
                .fold(
                        message -> text(((ChangeEvent) message)
                                .change()
                                .after()
                                .orElseThrow()
                                .value("v")),
                        rejected -> rejected.code().toString());
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ExactValuesIT::text).toList().toString();
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }

    private static List<Case> cases() throws IOException {
        try (InputStream file = ExactValuesIT.class.getResourceAsStream("/exact-values.txt")) {
            List<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            return IntStream.range(0, lines.size())
                    .mapToObj(number -> Case.of(number, lines.get(number)))
                    .toList();
        }
    }

    private static List<String> tables(List<Case> cases) {
        return Stream.concat(cases.stream().map(Case::table), Stream.of(HEALTHY))
                .toList();
    }

    private static String[] setup(List<Case> cases) {
        List<String> statements = new ArrayList<>(List.of(
                "CREATE DOMAIN day_of_old AS date",
                "CREATE TABLE healthy (id int PRIMARY KEY)",
                "INSERT INTO healthy VALUES (1)"));
        for (Case each : cases) {
            statements.add("CREATE TABLE t" + each.number() + " (id int PRIMARY KEY, v " + each.type() + ")");
            statements.add(each.insert(1));
        }
        return statements.toArray(String[]::new);
    }

    private AvroDecoder decoder(TestSource source) {
        return new AvroDecoder(
                source.registry(),
                DecodeSettings.of(source.config().source().name())
                        .withPlaceholders(
                                List.of(StateFolder.placeholder(folder).orElseThrow())));
    }

    private static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
        return new RawRecord(
                new Origin(record.topic(), record.partition(), record.offset(), record.timestamp()),
                record.key(),
                record.value(),
                List.of());
    }
}
