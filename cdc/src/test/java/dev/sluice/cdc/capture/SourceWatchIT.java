package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to tables and publication while capture runs, and what goes on after it. */
class SourceWatchIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** What a change at the source ends. */
    private enum Ends {
        NOTHING,
        /** The table t; its records of the time before stay, and no later one is written. */
        TABLE,
        /** Nothing that is written, but the dataset of t waits until the change is taken back. */
        WAITS,
        /** Capture of all tables; no position after the change is confirmed. */
        SOURCE
    }

    /**
     * A change at the source.
     *
     * @param name what happens
     * @param ends what the change ends
     * @param code the code of the failure or hold
     * @param statements the change; PUB stands for the publication
     */
    private record Event(String name, Ends ends, String code, List<String> statements) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Event table(String name, String code, String... statements) {
        return new Event(name, Ends.TABLE, code, List.of(statements));
    }

    private static Event source(String name, String code, String... statements) {
        return new Event(name, Ends.SOURCE, code, List.of(statements));
    }

    private static Event harmless(String name, String... statements) {
        return new Event(name, Ends.NOTHING, "", List.of(statements));
    }

    private static Stream<Event> events() {
        return Stream.of(
                table(
                        "swapped by renaming",
                        "CDC-018",
                        "BEGIN; ALTER TABLE t RENAME TO t_old; CREATE TABLE t (LIKE t_old INCLUDING ALL);"
                                + " INSERT INTO t SELECT * FROM t_old; COMMIT",
                        "INSERT INTO t VALUES (3, 3)"),
                table("dropped", "CDC-020", "DROP TABLE t"),
                table(
                        "dropped and made again",
                        "CDC-018",
                        "BEGIN; DROP TABLE t; CREATE TABLE t (id int PRIMARY KEY, v int); COMMIT"),
                table(
                        "made again and published",
                        "CDC-039",
                        "BEGIN; DROP TABLE t; CREATE TABLE t (id int PRIMARY KEY, v int);"
                                + " ALTER PUBLICATION PUB ADD TABLE t; COMMIT",
                        "INSERT INTO t VALUES (3, 3)"),
                table(
                        "renamed for a moment",
                        "CDC-058",
                        "BEGIN; ALTER TABLE t RENAME TO t2; INSERT INTO t2 VALUES (3, 3);"
                                + " ALTER TABLE t2 RENAME TO t; COMMIT"),
                table("renamed", "CDC-020", "ALTER TABLE t RENAME TO t2", "INSERT INTO t2 VALUES (3, 3)"),
                table("moved to another schema", "CDC-020", "CREATE SCHEMA other; ALTER TABLE t SET SCHEMA other"),
                table("taken out of the publication", "CDC-018", "ALTER PUBLICATION PUB DROP TABLE t"),
                table(
                        "out of the publication for a moment",
                        "CDC-048",
                        "BEGIN; ALTER PUBLICATION PUB DROP TABLE t; DELETE FROM t WHERE id = 1;"
                                + " ALTER PUBLICATION PUB ADD TABLE t; COMMIT",
                        "INSERT INTO t VALUES (3, 3)"),
                table(
                        "filtered for a moment",
                        "CDC-048",
                        "BEGIN; ALTER PUBLICATION PUB SET TABLE t WHERE (id > 100), other;"
                                + " ALTER PUBLICATION PUB SET TABLE t, other; COMMIT"),
                table(
                        "columns listed for a moment",
                        "CDC-048",
                        "BEGIN; ALTER PUBLICATION PUB SET TABLE t (id), other;"
                                + " ALTER PUBLICATION PUB SET TABLE t, other; COMMIT"),
                table("without identity", "CDC-022", "ALTER TABLE t REPLICA IDENTITY NOTHING"),
                table(
                        "another key",
                        "CDC-047",
                        "UPDATE t SET v = id; ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (v);"
                                + " UPDATE t SET v = v + 7"),
                table("a wider key", "CDC-047", "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (v, id)"),
                table("without a key", "CDC-022", "ALTER TABLE t DROP CONSTRAINT t_pkey"),
                harmless("a record that is too large", "INSERT INTO t VALUES (3, 3, repeat('x', 34000000))"),
                new Event("inherited", Ends.WAITS, "CDC-026", List.of("CREATE TABLE heir () INHERITS (t)")),
                source(
                        "narrowed for a moment",
                        "CDC-045",
                        "ALTER PUBLICATION PUB SET (publish = 'insert')",
                        "DELETE FROM t WHERE id = 1",
                        "ALTER PUBLICATION PUB SET (publish = 'insert, update, delete, truncate')"),
                source(
                        "published through a parent",
                        "CDC-018",
                        "ALTER PUBLICATION PUB SET (publish_via_partition_root)"),
                source("the publication dropped", "CDC-044", "DROP PUBLICATION PUB CASCADE"),
                harmless("the key made again", "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (id)"),
                harmless("a key column renamed", "ALTER TABLE t RENAME COLUMN id TO no"),
                harmless("a column added", "ALTER TABLE t ADD COLUMN later text"),
                harmless("emptied", "TRUNCATE t"),
                harmless("vacuumed", "VACUUM FULL t", "ANALYZE t"),
                harmless("full rows", "ALTER TABLE t REPLICA IDENTITY FULL"),
                harmless("an index", "CREATE INDEX ON t (v)"),
                harmless(
                        "another table published",
                        "CREATE TABLE more (id int PRIMARY KEY); ALTER PUBLICATION PUB ADD TABLE more"),
                harmless("rights", "GRANT SELECT ON t TO PUBLIC"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void noPositionPassesAChangeThatLeavesAGap(Event event) throws Exception {
        TestSource source = TestSource.create(
                folder,
                List.of("public.t", "public.other"),
                "CREATE TABLE t (id int PRIMARY KEY, v int NOT NULL, w text, z timetz)",
                "INSERT INTO t VALUES (1, 1)",
                "CREATE TABLE other (id int PRIMARY KEY)");
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(LONG.toSeconds(), TimeUnit.SECONDS);
            source.database().run("INSERT INTO other VALUES (1)", "INSERT INTO t VALUES (2, 2)");
            String inserted = position(source);
            await().atMost(LONG).until(() -> confirmed(source, inserted));
            for (String sql : event.statements()) {
                source.database().run(sql.replace(" PUB ", " " + publication(source) + " "));
            }
            String changed = position(source);
            source.database().run("INSERT INTO other VALUES (2)");
            String after = position(source);

            if (event.ends() == Ends.SOURCE) {
                await().atMost(LONG).until(() -> capture.failure().isPresent());
                assertThat(capture.failure().orElseThrow()).hasMessageStartingWith(event.code());
                assertThat(confirmed(source, changed))
                        .as("nothing is confirmed after the change")
                        .isFalse();
                return;
            }
            await().atMost(LONG)
                    .until(() -> confirmed(source, after) || capture.failure().isPresent());
            assertThat(capture.failure()).isEmpty();
            assertThat(source.operations("public.other")).isEqualTo("cc");
            assertThat(codes()).isEqualTo(event.code().isEmpty() ? Map.of() : Map.of("public.t", event.code()));
        }
        if (event.ends() == Ends.TABLE) {
            staysHeld(source, event);
        } else if (event.ends() == Ends.WAITS) {
            goesOnWithoutAGap(source);
        }
    }

    /** Also over a start, and whatever is written to the table then. */
    private void staysHeld(TestSource source, Event event) {
        try (DebeziumCapture capture = source.capture()) {
            source.database().run("INSERT INTO other VALUES (3)");
            await().atMost(LONG)
                    .until(() -> source.operations("public.other").equals("ccc")
                            || capture.failure().isPresent());
            assertThat(capture.failure()).isEmpty();
            assertThat(codes()).isEqualTo(Map.of("public.t", event.code()));
            assertThat(source.operations("public.t"))
                    .as("no record of the table after the change")
                    .isEqualTo("rc");
        }
    }

    private void goesOnWithoutAGap(TestSource source) {
        try (DebeziumCapture capture = source.capture()) {
            source.database().run("INSERT INTO t VALUES (3, 3)");
            await().atMost(LONG)
                    .until(() -> source.operations("public.t").equals("rcc")
                            || capture.failure().isPresent());
            assertThat(codes()).isEqualTo(Map.of("public.t", "CDC-026"));
            source.database().run("DROP TABLE heir", "INSERT INTO t VALUES (4, 4)");
            await().atMost(LONG)
                    .until(() -> source.operations("public.t").equals("rccc")
                            || capture.failure().isPresent());
            assertThat(capture.failure()).isEmpty();
            assertThat(codes()).isEmpty();
        }
    }

    private Map<String, String> codes() {
        Map<String, String> codes = new TreeMap<>();
        StateFolder.held(folder).forEach((table, cause) -> codes.put(table.toString(), cause.code()));
        return codes;
    }

    private static String position(TestSource source) {
        return source.database().query("SELECT pg_current_wal_insert_lsn()").get(0);
    }

    private static boolean confirmed(TestSource source, String position) {
        return source.database()
                .query("SELECT confirmed_flush_lsn >= '" + position + "' FROM pg_replication_slots WHERE slot_name = '"
                        + slot(source) + "'")
                .equals(List.of("t"));
    }

    private static String slot(TestSource source) {
        return source.config().replication().slot();
    }

    private static String publication(TestSource source) {
        return source.config().replication().publication();
    }
}
