package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.TableEntry;
import dev.sluice.cdc.capture.table.TableSelection;
import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a table is held and when it is taken: never with a hole in what is captured of it. */
class HeldTableIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private int rows;

    @Test
    void aTableThatIsFitAgainNeedsASnapshot() {
        TestSource source = source("public.fine", "public.t");
        source.database().run("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1)");
        goesOn(source, Map.of("public.t", "CDC-022"));
        goesOn(source, Map.of("public.t", "CDC-022"));

        source.database().run("ALTER TABLE t ADD PRIMARY KEY (id)", "INSERT INTO t VALUES (2)");

        goesOn(source, Map.of("public.t", "CDC-019"));
        assertThat(source.raw("public.t")).isEmpty();
    }

    @Test
    void aTableThatIsNamedLaterNeedsASnapshot() {
        TestSource source = source("public.fine");
        source.database().run("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        goesOn(source, Map.of());

        goesOn(naming(source, "public.fine", "public.t"), Map.of("public.t", "CDC-019"));
        assertThat(source.raw("public.t")).isEmpty();
    }

    @Test
    void aTableThatIsLeftOutAndComesBackNeedsASnapshot() {
        TestSource source = source("public.fine", "public.t");
        source.database().run("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        goesOn(source, Map.of());
        source.database().run("INSERT INTO t VALUES (2)");

        goesOn(naming(source, "public.fine"), Map.of("public.t", "CDC-019"));
        source.database().run("INSERT INTO t VALUES (3)");

        goesOn(source, Map.of("public.t", "CDC-019"));
        assertThat(source.operations("public.t")).matches("rc?");
    }

    /** What was changed under the other name is left out for ever, because the log keeps the name of that time. */
    @Test
    void aTableThatHadAnotherNameWhileCaptureWasStoppedNeedsASnapshot() {
        TestSource source = source("public.fine", "public.named", "public.moved", "public.same");
        source.database()
                .run(
                        "CREATE SCHEMA other",
                        "CREATE TABLE named (id int PRIMARY KEY)",
                        "CREATE TABLE moved (id int PRIMARY KEY)",
                        "CREATE TABLE same (id int PRIMARY KEY, v int)");
        goesOn(source, Map.of());
        source.database()
                .run(
                        "ALTER TABLE same ADD COLUMN later text",
                        "ALTER TABLE same ALTER COLUMN v TYPE bigint",
                        "TRUNCATE same",
                        "VACUUM FULL same",
                        "CREATE INDEX ON same (v)",
                        "GRANT SELECT ON same TO PUBLIC",
                        "GRANT USAGE ON SCHEMA public TO PUBLIC",
                        "GRANT USAGE ON SCHEMA public TO PUBLIC");
        goesOn(source, Map.of());
        source.database()
                .run(
                        "ALTER TABLE named RENAME TO away",
                        "INSERT INTO away VALUES (1)",
                        "ALTER TABLE away RENAME TO named",
                        "ALTER TABLE moved SET SCHEMA other",
                        "INSERT INTO other.moved VALUES (1)",
                        "ALTER TABLE other.moved SET SCHEMA public");

        goesOn(source, Map.of("public.named", "CDC-058", "public.moved", "CDC-058"));
        assertThat(source.raw("public.named")).isEmpty();
    }

    @Test
    void aPublicationOfAnEarlierCaptureGrowsBeforeTheSnapshot() {
        TestSource source = source("public.fine", "public.t");
        source.database()
                .run(
                        "CREATE TABLE t (id int PRIMARY KEY)",
                        "INSERT INTO t VALUES (1)",
                        "CREATE PUBLICATION " + source.config().replication().publication() + " FOR TABLE fine");

        goesOn(source, Map.of());
        assertThat(source.operations("public.t")).isEqualTo("r");
    }

    @Test
    void aTableThatTheRoleMayNotReadIsHeldAlone() {
        TestSource source = source("public.fine", "public.t");
        String role = "reader_" + source.database().name();
        source.database()
                .run(
                        "CREATE TABLE t (id int PRIMARY KEY)",
                        "CREATE ROLE " + role + " LOGIN REPLICATION",
                        "GRANT SELECT ON fine TO " + role,
                        "CREATE PUBLICATION " + source.config().replication().publication() + " FOR TABLE fine, t");
        PostgresDatabase database = new PostgresDatabase(
                "127.0.0.1", source.database().port(), source.database().name(), role, Secret.of("unused"));

        goesOn(with(source, database, source.config().source().tables()), Map.of("public.t", "CDC-049"));
    }

    @Test
    void patternsNameTheTablesOfTheCatalog() {
        TestSource source = TestSource.create(
                folder,
                List.of("public.fine"),
                "CREATE TABLE fine (id int PRIMARY KEY)",
                "CREATE TABLE t (id int PRIMARY KEY)",
                "CREATE TABLE gone (id int PRIMARY KEY)",
                "CREATE TABLE left_out (id int)",
                "CREATE VIEW v AS SELECT * FROM t",
                "CREATE MATERIALIZED VIEW m AS SELECT * FROM t",
                "CREATE UNLOGGED TABLE quick (id int PRIMARY KEY)",
                "CREATE TABLE \"two words\" (id int PRIMARY KEY)",
                "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (9)",
                "CREATE SCHEMA other; CREATE TABLE other.t (id int PRIMARY KEY)");
        TestSource matching = matching(source, "public.*", "!public.left_*");
        Map<String, String> held =
                Map.of("public.quick", "CDC-025", "public.two words", "CDC-125", "public.parts", "CDC-021");
        goesOn(matching, held);
        source.database().run("INSERT INTO t VALUES (1)", "CREATE TABLE early (id int PRIMARY KEY)");
        goesOn(matching, with(held, "public.early", "CDC-019"));
        assertThat(source.operations("public.t")).isEqualTo("c");

        source.database().run("DROP TABLE gone", "DROP TABLE early", "DROP TABLE quick", "CREATE TABLE late (id int)");
        goesOn(
                matching,
                Map.of(
                        "public.gone", "CDC-020",
                        "public.late", "CDC-022",
                        "public.two words", "CDC-125",
                        "public.parts", "CDC-021"));
    }

    @Test
    void namesThatDifferInCaseOnlyAreTwoTables() {
        TestSource source = TestSource.create(
                folder,
                List.of("public.fine"),
                "CREATE TABLE fine (id int PRIMARY KEY)",
                "CREATE TABLE \"Fine\" (id int); INSERT INTO \"Fine\" VALUES (1)",
                "CREATE TABLE \"FINE\" (id int PRIMARY KEY); INSERT INTO \"FINE\" VALUES (1)");

        goesOn(matching(source, "public.*"), Map.of("public.Fine", "CDC-022"));
        assertThat(source.raw("public.Fine")).isEmpty();
        assertThat(source.operations("public.FINE")).isEqualTo("r");
    }

    @Test
    void aTableThatComesIsHeldWhileTheOthersGoOn() throws Exception {
        TestSource source = matching(source("public.fine"), "public.*");
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(LONG.toSeconds(), TimeUnit.SECONDS);
            source.database().run("INSERT INTO fine VALUES (1)", "CREATE TABLE late (id int PRIMARY KEY)");
            await().atMost(LONG).until(() -> codes().equals(Map.of("public.late", "CDC-019")));
            source.database().run("INSERT INTO late VALUES (1)", "INSERT INTO fine VALUES (2)");
            await().atMost(LONG)
                    .until(() -> source.operations("public.fine").equals("cc")
                            || capture.failure().isPresent());
            assertThat(capture.failure()).isEmpty();
            source.database().run("DROP TABLE late");
            await().atMost(LONG).until(() -> codes().isEmpty());
        }
    }

    @Test
    void nothingStartsWhenPatternsNameNoTable() {
        TestSource source = matching(source("public.fine"), "pubic.*", "public.f*", "!public.fine");
        try (DebeziumCapture capture = source.capture()) {
            await().atMost(LONG).until(() -> capture.failure().isPresent());
            assertThat(capture.failure().orElseThrow())
                    .hasMessageStartingWith("CDC-126")
                    .hasMessageContaining("pubic.*");
        }
        assertThat(source.database().query("SELECT slot_name FROM pg_replication_slots"))
                .doesNotContain(source.config().replication().slot());
    }

    private static Map<String, String> with(Map<String, String> held, String table, String code) {
        Map<String, String> more = new TreeMap<>(held);
        more.put(table, code);
        return more;
    }

    private static TestSource matching(TestSource source, String... entries) {
        CaptureConfig config = source.config();
        TableSelection selection =
                new TableSelection(Stream.of(entries).map(TableEntry::parse).toList());
        return source.with(new CaptureConfig(
                new CaptureConfig.CapturedSource(
                        config.source().name(), config.source().database(), selection),
                config.replication(),
                config.transport(),
                config.retry(),
                config.stateFolder()));
    }

    private TestSource source(String... tables) {
        return TestSource.create(folder, List.of(tables), "CREATE TABLE fine (id int PRIMARY KEY)");
    }

    private static TestSource naming(TestSource source, String... tables) {
        return with(
                source,
                source.config().source().database(),
                Stream.of(tables).map(TableName::parse).toList());
    }

    private static TestSource with(TestSource source, PostgresDatabase database, List<TableName> tables) {
        String name = source.config().source().name();
        return source.with(new CaptureConfig.CapturedSource(name, database, tables));
    }

    /** Starts capture, which holds these tables and writes the next row of the sound table. */
    private void goesOn(TestSource source, Map<String, String> held) {
        try (DebeziumCapture capture = source.capture()) {
            await().atMost(LONG)
                    .until(() -> capture.snapshotCompleted().isDone()
                            || capture.failure().isPresent());
            rows++;
            source.database().run("INSERT INTO fine VALUES (" + rows + ")");
            await().atMost(LONG)
                    .until(() -> source.operations("public.fine").equals("c".repeat(rows))
                            || capture.failure().isPresent());
            assertThat(capture.failure()).isEmpty();
            assertThat(codes()).isEqualTo(held);
        }
    }

    private Map<String, String> codes() {
        Map<String, String> codes = new TreeMap<>();
        StateFolder.held(folder).forEach((table, cause) -> codes.put(table.toString(), cause.code()));
        return codes;
    }
}
