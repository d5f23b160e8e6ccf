package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.capture.cut.Cut;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.server.WrittenChanges;
import dev.sluice.cdc.event.CrashPoint;
import dev.sluice.cdc.registry.CachedSchemaRegistry;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.cdc.testkit.TestSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures in a process of its own that kills itself, and goes on in this one. */
class CrashIT {
    private static final String TABLE = "public.customers";

    @TempDir
    Path folder;

    /** Captures until it is killed; the arguments are what {@link #captureAndDie} gives. */
    public static final class Victim {
        public static void main(String[] arguments) throws Exception {
            RegistrySettings registry = RegistrySettings.at(URI.create(arguments[4]));
            CaptureConfig config = new CaptureConfig(
                    new CaptureConfig.CapturedSource(
                            arguments[0],
                            new PostgresDatabase(
                                    "127.0.0.1",
                                    Integer.parseInt(arguments[1]),
                                    arguments[2],
                                    "postgres",
                                    Secret.of("unused")),
                            List.of(TableName.parse(TABLE))),
                    new CaptureConfig.Replication(
                            "sluice_" + arguments[0], "sluice_" + arguments[0], Duration.ofMillis(500)),
                    CaptureConfig.RawTransport.of(arguments[3], registry),
                    CaptureConfig.Retry.standard(),
                    Path.of(arguments[5]));
            DebeziumCapture capture = new DebeziumCapture(config, CachedSchemaRegistry.shared(registry));
            capture.start();
            capture.completion().get();
        }
    }

    private Process victim(TestSource source, String crashAt) throws Exception {
        CaptureConfig config = source.config();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-D" + CrashPoint.PROPERTY + "=" + crashAt,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        config.source().name(),
                        Integer.toString(source.database().port()),
                        source.database().name(),
                        config.transport().bootstrap(),
                        config.transport().registry().address().toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolveSibling(folder.getFileName() + ".log").toFile())
                .start();
    }

    private void captureAndDie(TestSource source, String crashAt) throws Exception {
        Process process = victim(source, crashAt);
        assertThat(process.waitFor(90, TimeUnit.SECONDS))
                .as("died at " + crashAt)
                .isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
    }

    private TestSource source(String... statements) {
        return TestSource.create(folder, List.of(TABLE), statements);
    }

    /** Distinct streamed changes by identity; fails when two deliveries of one event differ. */
    private static Map<String, String> distinct(TestSource source) {
        Map<String, String> events = new TreeMap<>();
        for (GenericRecord change : source.changes(TABLE)) {
            GenericRecord block = (GenericRecord) change.get("transaction");
            String identity = ((GenericRecord) change.get("source")).get("lsn") + "/"
                    + (block == null ? change.get("after") : block.get("data_collection_order"));
            String content = change.get("op") + " " + change.get("before") + " " + change.get("after");
            String before = events.put(identity, content);
            assertThat(before == null || before.equals(content))
                    .as("the same event twice with other content at " + identity)
                    .isTrue();
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(strings = {"CP03:10", "CP04:10", "CP05:10"})
    void losesNothingAndRepeatsUnderTheSameIdentity(String crashAt) throws Exception {
        TestSource source = source(
                "CREATE TABLE customers (id int PRIMARY KEY, name text)", "INSERT INTO customers VALUES (0,'first')");
        Process process = victim(source, crashAt);
        await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(folder.resolve(StateFolder.OFFSETS)));
        int pairs = 0;
        while (process.isAlive()) {
            pairs++;
            source.database()
                    .transaction(
                            "INSERT INTO customers VALUES (" + 2 * pairs + ",'x'),(" + (2 * pairs + 1) + ",'y')",
                            "UPDATE customers SET name = 'z' WHERE id = " + 2 * pairs);
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        assertThat(process.exitValue()).isEqualTo(137);
        assertNamesWhatIsInTheTopics(source);
        source.database().run("DELETE FROM customers WHERE id = 0");

        try (DebeziumCapture capture = source.capture()) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> source.operations(TABLE).endsWith("d-"));
            assertThat(capture.failure()).isEmpty();
        }
        Map<String, Long> counts = distinct(source).values().stream()
                .collect(Collectors.groupingBy(event -> event.substring(0, 1), Collectors.counting()));
        assertThat(counts).isEqualTo(Map.of("r", 1L, "c", 2L * pairs, "u", (long) pairs, "d", 1L));
        assertNoCutDividesATransaction(source);
    }

    /** Before a cut lie all rows of a transaction or none; the last cut is behind all records. */
    private static void assertNoCutDividesATransaction(TestSource source) {
        Map<Long, String> rows = new TreeMap<>();
        Map<String, Set<String>> transactions = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : source.raw(TABLE)) {
            rows.put(record.offset(), "");
            if (record.value() != null
                    && source.read(record.value()).get("transaction") instanceof GenericRecord place) {
                rows.put(record.offset(), place.get("id") + " " + place.get("data_collection_order"));
                transactions
                        .computeIfAbsent(place.get("id").toString(), id -> new HashSet<>())
                        .add(rows.get(record.offset()));
            }
        }
        long end = 0;
        for (Cut cut : source.cuts()) {
            end = cut.ends().getOrDefault(source.topic(TABLE), end);
            long before = end;
            Set<String> there = rows.entrySet().stream()
                    .filter(row -> row.getKey() < before)
                    .map(Map.Entry::getValue)
                    .collect(Collectors.toSet());
            transactions.forEach((id, all) -> assertThat(
                            there.containsAll(all) || all.stream().noneMatch(there::contains))
                    .as("rows of %s before %s", id, cut)
                    .isTrue());
        }
        assertThat(rows).hasSize((int) end);
        assertThat(source.cuts()).hasSizeGreaterThan(2);
    }

    /** Also what was not confirmed: a promoted standby must not lack any of it. */
    private void assertNamesWhatIsInTheTopics(TestSource source) {
        try (StateFolder state = StateFolder.lock(folder)) {
            WrittenChanges written = state.written().orElseThrow();
            Lsn commit = Lsn.parse(written.commit());
            Lsn last =
                    written.open() == null ? commit : Lsn.parse(written.open().change());
            assertThat(source.changes(TABLE))
                    .extracting(change -> new Lsn((long) ((GenericRecord) change.get("source")).get("lsn")))
                    .isNotEmpty()
                    .allMatch(lsn -> !lsn.isAfter(commit) || !lsn.isAfter(last));
        }
    }

    @Test
    void beginsAnInterruptedSnapshotAgainWithoutRowsThatAreGone() throws Exception {
        TestSource source = source(
                "CREATE TABLE customers (id int PRIMARY KEY, name text)",
                "INSERT INTO customers SELECT i, 'n' || i FROM generate_series(1, 15000) i");
        captureAndDie(source, "CP03:2");
        assertThat(source.raw(TABLE)).as("rows of the interrupted snapshot").hasSizeBetween(1, 14_999);
        assertThat(folder.resolve(StateFolder.OFFSETS)).doesNotExist();

        source.database()
                .run("DELETE FROM customers WHERE id <= 1000", "UPDATE customers SET name = 'm' WHERE id = 2000");
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(90, TimeUnit.SECONDS);
            assertThat(capture.failure()).isEmpty();
        }

        Set<Integer> ids = new HashSet<>();
        for (GenericRecord change : source.changes(TABLE)) {
            assertThat(change.get("op").toString()).isEqualTo("r");
            assertThat(ids.add((Integer) ((GenericRecord) change.get("after")).get("id")))
                    .isTrue();
        }
        assertThat(ids).isEqualTo(IntStream.rangeClosed(1001, 15000).boxed().collect(Collectors.toSet()));
        try (StateFolder state = StateFolder.lock(folder)) {
            CaptureState known = state.state().orElseThrow();
            assertThat(known.snapshots()).isEqualTo(2);
            assertThat(known.firstSnapshot()).isNotEqualTo(known.slot().consistent());
        }
    }
}
