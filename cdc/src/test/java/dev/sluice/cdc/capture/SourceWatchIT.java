package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to tables and publication while capture runs, and whether a position may pass it. */
class SourceWatchIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /**
     * A change at the source.
     *
     * @param name what happens
     * @param code the code with which capture ends, empty when it goes on
     * @param statements the change; PUB stands for the publication
     */
    private record Event(String name, String code, List<String> statements) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Event event(String name, String code, String... statements) {
        return new Event(name, code, List.of(statements));
    }

    private static Stream<Event> events() {
        return Stream.of(
                event(
                        "swapped by renaming",
                        "CDC-018",
                        "BEGIN; ALTER TABLE t RENAME TO t_old; CREATE TABLE t (LIKE t_old INCLUDING ALL);"
                                + " INSERT INTO t SELECT * FROM t_old; COMMIT"),
                event("dropped", "CDC-020", "DROP TABLE t"),
                event(
                        "dropped and made again",
                        "CDC-018",
                        "BEGIN; DROP TABLE t; CREATE TABLE t (id int PRIMARY KEY, v int); COMMIT"),
                event("renamed", "CDC-020", "ALTER TABLE t RENAME TO t2"),
                event("moved to another schema", "CDC-020", "CREATE SCHEMA other; ALTER TABLE t SET SCHEMA other"),
                event("taken out of the publication", "CDC-018", "ALTER PUBLICATION PUB DROP TABLE t"),
                event(
                        "narrowed for a moment",
                        "CDC-045",
                        "ALTER PUBLICATION PUB SET (publish = 'insert')",
                        "DELETE FROM t WHERE id = 1",
                        "ALTER PUBLICATION PUB SET (publish = 'insert, update, delete, truncate')"),
                event(
                        "filtered for a moment",
                        "CDC-045",
                        "ALTER PUBLICATION PUB SET TABLE t WHERE (id > 100), other",
                        "ALTER PUBLICATION PUB SET TABLE t, other"),
                event(
                        "columns listed for a moment",
                        "CDC-045",
                        "ALTER PUBLICATION PUB SET TABLE t (id), other",
                        "ALTER PUBLICATION PUB SET TABLE t, other"),
                event(
                        "published through a parent",
                        "CDC-018",
                        "ALTER PUBLICATION PUB SET (publish_via_partition_root)"),
                event("inherited", "CDC-026", "CREATE TABLE heir () INHERITS (t)"),
                event("without identity", "CDC-022", "ALTER TABLE t REPLICA IDENTITY NOTHING"),
                event(
                        "another key",
                        "CDC-047",
                        "UPDATE t SET v = id; ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (v)"),
                event("a wider key", "CDC-047", "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (v, id)"),
                event("without a key", "CDC-022", "ALTER TABLE t DROP CONSTRAINT t_pkey"),
                event("the publication dropped", "CDC-044", "DROP PUBLICATION PUB"),
                event("the key made again", "", "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (id)"),
                event("a key column renamed", "", "ALTER TABLE t RENAME COLUMN id TO no"),
                event("a column added", "", "ALTER TABLE t ADD COLUMN later text"),
                event("emptied", "", "TRUNCATE t"),
                event("vacuumed", "", "VACUUM FULL t", "ANALYZE t"),
                event("full rows", "", "ALTER TABLE t REPLICA IDENTITY FULL"),
                event("an index", "", "CREATE INDEX ON t (v)"),
                event(
                        "another table published",
                        "",
                        "CREATE TABLE more (id int PRIMARY KEY); ALTER PUBLICATION PUB ADD TABLE more"),
                event("rights", "", "GRANT SELECT ON t TO PUBLIC"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void noPositionPassesAChangeThatLeavesAGap(Event event) throws Exception {
        TestSource source = TestSource.create(
                folder,
                List.of("public.t", "public.other"),
                "CREATE TABLE t (id int PRIMARY KEY, v int)",
                "INSERT INTO t VALUES (1, 1)",
                "CREATE TABLE other (id int PRIMARY KEY)");
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(LONG.toSeconds(), TimeUnit.SECONDS);
            source.database().run("INSERT INTO other VALUES (1)");
            String inserted = position(source);
            await().atMost(LONG).until(() -> confirmed(source, inserted));
            for (String sql : event.statements()) {
                source.database().run(sql.replace("PUBLICATION PUB", "PUBLICATION " + publication(source)));
            }
            String changed = position(source);
            source.database().run("INSERT INTO other VALUES (2)");
            String after = position(source);

            if (event.code().isEmpty()) {
                await().atMost(LONG)
                        .until(() ->
                                confirmed(source, after) || capture.failure().isPresent());
                assertThat(capture.failure()).isEmpty();
            } else {
                await().atMost(LONG).until(() -> capture.failure().isPresent());
                assertThat(capture.failure().orElseThrow()).hasMessageStartingWith(event.code());
                assertThat(confirmed(source, changed))
                        .as("nothing is confirmed after the change")
                        .isFalse();
            }
        }
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
