package dev.sluice.cdc.capture.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.DebeziumCapture;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.cdc.capture.table.TableEntry;
import dev.sluice.cdc.capture.table.TableSelection;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.cdc.testkit.TestPostgres;
import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureCheckIT {
    private static final String TABLE = "CREATE TABLE customers (id int PRIMARY KEY, name text)";
    private static final String FULL = "ALTER TABLE customers REPLICA IDENTITY FULL";

    @TempDir
    Path folder;

    private TestSource source(List<String> tables, String... statements) {
        return TestSource.create(folder, tables, statements);
    }

    private TestSource customers(String... more) {
        TestSource source = source(List.of("public.customers"), TABLE, FULL);
        source.database().run(more);
        return source;
    }

    @Test
    void looksAtTheTablesThatPatternsMatchAndNamesThePatternsThatMatchNone() {
        TestSource source = TestSource.create(
                folder,
                List.of("public.t1"),
                "CREATE TABLE t1 (id int PRIMARY KEY); ALTER TABLE t1 REPLICA IDENTITY FULL",
                "CREATE TABLE t2 (id int); ALTER TABLE t2 REPLICA IDENTITY FULL");

        List<Finding> some = CaptureCheck.run(matching(source, "public.t*", "pubic.*", "!public.audit"));
        assertThat(some)
                .filteredOn(finding -> finding.level() != Finding.Level.OK)
                .extracting(finding -> finding.level() + " " + finding.code() + " " + finding.place())
                .containsExactlyInAnyOrder(
                        "FAIL CDC-216 table public.t2", "WARN CDC-223 pubic.*", "WARN CDC-223 !public.audit");
        assertThat(CaptureCheck.run(matching(source, "public.t*", "!public.*")))
                .filteredOn(finding -> finding.level() == Finding.Level.FAIL)
                .extracting(Finding::code)
                .containsExactly("CDC-223");
    }

    private static CaptureConfig matching(TestSource source, String... entries) {
        CaptureConfig config = source.config();
        TableSelection selection =
                new TableSelection(Stream.of(entries).map(TableEntry::parse).toList());
        CaptureConfig.CapturedSource other = new CaptureConfig.CapturedSource(
                config.source().name(), config.source().database(), selection);
        return new CaptureConfig(other, config.replication(), config.transport(), config.retry(), config.stateFolder());
    }

    private static Finding only(List<Finding> findings, CaptureCheckCode code) {
        assertThat(findings).extracting(Finding::code).contains(code.code());
        return findings.stream()
                .filter(finding -> finding.code().equals(code.code()))
                .findFirst()
                .orElseThrow();
    }

    private static void assertFails(List<Finding> findings, CaptureCheckCode code, String fix) {
        assertThat(only(findings, code).level()).isEqualTo(Finding.Level.FAIL);
        assertThat(only(findings, code).fix()).contains(fix);
    }

    private static CaptureConfig as(TestSource source, PostgresDatabase database) {
        CaptureConfig config = source.config();
        CaptureConfig.CapturedSource other = new CaptureConfig.CapturedSource(
                config.source().name(), database, config.source().tables());
        return new CaptureConfig(other, config.replication(), config.transport(), config.retry(), config.stateFolder());
    }

    private static PostgresDatabase database(TestPostgres.Database database, String role) {
        return new PostgresDatabase("127.0.0.1", database.port(), database.name(), role, Secret.of("unused"));
    }

    @Test
    void findsNothingWrongInAFitSource() {
        TestSource source = customers();

        assertThat(CaptureCheck.run(source.config())).allMatch(finding -> finding.level() == Finding.Level.OK);
    }

    @Test
    void namesTheStatementForEveryMissingRight() {
        TestSource source = customers();
        String role = "reader_" + source.database().name();
        source.database().run("CREATE ROLE " + role + " LOGIN");
        List<Finding> findings = CaptureCheck.run(as(source, database(source.database(), role)));

        assertFails(findings, CaptureCheckCode.ROLE_REPLICATION, "ALTER ROLE \"" + role + "\" REPLICATION");
        assertFails(
                findings, CaptureCheckCode.TABLE_GRANT, "GRANT SELECT ON \"public\".\"customers\" TO \"" + role + "\"");
        assertFails(findings, CaptureCheckCode.PUBLICATION, "CREATE PUBLICATION");

        for (CaptureCheckCode code : List.of(
                CaptureCheckCode.ROLE_REPLICATION, CaptureCheckCode.TABLE_GRANT, CaptureCheckCode.PUBLICATION)) {
            source.database().run(only(findings, code).fix());
        }
        assertThat(CaptureCheck.run(as(source, database(source.database(), role))))
                .allMatch(finding -> finding.level() == Finding.Level.OK);
    }

    /** Each of the types is elsewhere in the database, and no table uses it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TYPE nothing AS ENUM ()|ALTER TYPE \"elsewhere\".\"nothing\" ADD VALUE 'unused'|true",
                "CREATE DOMAIN feeling AS mood|DROP DOMAIN \"elsewhere\".\"feeling\"|false"
            })
    void namesATypeThatTheEngineCannotReadAndWhatMendsIt(String create, String mends, boolean whole) throws Exception {
        TestSource source = customers(
                "CREATE SCHEMA elsewhere",
                "CREATE TYPE elsewhere.mood AS ENUM ('fine')",
                "SET search_path = elsewhere; " + create + "; RESET search_path");

        Finding finding = only(CaptureCheck.run(source.config()), CaptureCheckCode.TYPES);
        assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(finding.fix()).endsWith(mends);
        try (DebeziumCapture refused = source.capture()) {
            assertThat(refused.completion())
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withMessageContaining("CDC-115")
                    .withMessageContaining(mends);
        }

        source.database().run(whole ? finding.fix() : mends);

        assertThat(only(CaptureCheck.run(source.config()), CaptureCheckCode.TYPES)
                        .level())
                .isEqualTo(Finding.Level.OK);
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            assertThat(capture.failure()).isEmpty();
        }
    }

    @Test
    void findsTablesThatAreMissingKeylessThinOrOddlyNamed() {
        TestSource source = source(
                List.of(
                        "public.gone",
                        "public.keyless",
                        "public.thin",
                        "public.odd",
                        "public.seen",
                        "public.blind",
                        "public.indexed",
                        "public.keyed"),
                "CREATE TABLE keyless (id int)",
                "CREATE TABLE thin (id int PRIMARY KEY)",
                "CREATE TABLE odd (id int PRIMARY KEY, \"full name\" text, \"Full Name\" text)",
                "CREATE VIEW seen AS SELECT 1 AS id",
                "CREATE TABLE blind (id int PRIMARY KEY)",
                "ALTER TABLE blind REPLICA IDENTITY NOTHING",
                "CREATE TABLE indexed (id int PRIMARY KEY, region int NOT NULL UNIQUE)",
                "ALTER TABLE indexed REPLICA IDENTITY USING INDEX indexed_region_key",
                "CREATE TABLE keyed (region int NOT NULL UNIQUE)",
                "ALTER TABLE keyed REPLICA IDENTITY USING INDEX keyed_region_key");
        List<Finding> findings = CaptureCheck.run(source.config());

        assertFails(findings, CaptureCheckCode.TABLE_MISSING, "source.tables");
        assertThat(findings)
                .filteredOn(finding -> finding.level() == Finding.Level.FAIL
                        && finding.code().equals(CaptureCheckCode.TABLE_KEY.code()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix())
                        .contains("\"keyless\" ADD PRIMARY KEY", "REPLICA IDENTITY USING INDEX", "source.keys"));
        assertFails(findings, CaptureCheckCode.TABLE_NAMES, "Rename");
        assertFails(findings, CaptureCheckCode.TABLE_KIND, "partitions");
        assertThat(on(findings, CaptureCheckCode.REPLICA_IDENTITY, "public.thin"))
                .isEqualTo(Finding.warn(
                        CaptureCheckCode.REPLICA_IDENTITY.code(),
                        Place.of("table public.thin"),
                        "The table writes no full before images, so sluice reads the history table to close versions.",
                        "ALTER TABLE \"public\".\"thin\" REPLICA IDENTITY FULL"));
        assertThat(on(findings, CaptureCheckCode.REPLICA_IDENTITY, "public.blind"))
                .matches(Finding::fails)
                .extracting(Finding::what)
                .asString()
                .startsWith("The table has no replica identity");
        assertThat(on(findings, CaptureCheckCode.REPLICA_IDENTITY, "public.indexed"))
                .matches(Finding::fails)
                .extracting(Finding::what)
                .asString()
                .startsWith("The table writes only the columns [region]");
        assertThat(on(findings, CaptureCheckCode.TABLE_KEY, "public.keyed").what())
                .isEqualTo("The key of the table is [region].");
        assertThat(on(findings, CaptureCheckCode.REPLICA_IDENTITY, "public.keyed"))
                .extracting(Finding::level, Finding::fix)
                .containsExactly(Finding.Level.OK, "");
    }

    private static Finding on(List<Finding> findings, CaptureCheckCode code, String table) {
        return findings.stream()
                .filter(finding -> finding.code().equals(code.code()))
                .filter(finding -> finding.place().name().equals("table " + table))
                .findFirst()
                .orElseThrow();
    }

    private static String holder(TestSource source) {
        return source.database()
                .query("SELECT active_pid FROM pg_replication_slots WHERE slot_name = '"
                        + source.config().replication().slot() + "'")
                .get(0);
    }

    @Test
    void findsASlotThatAnotherProcessUses() throws Exception {
        TestSource source = customers();
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            // Between snapshot and stream no process holds the slot.
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                String pid = holder(source);
                assertThat(pid).isNotNull();
                assertFails(
                        CaptureCheck.run(source.config()),
                        CaptureCheckCode.SLOT_IN_USE,
                        "pg_terminate_backend(" + pid + ")");
            });
        }
        // The server lets go of the slot a moment after the connection has ended.
        await().atMost(Duration.ofSeconds(30)).until(() -> source.database()
                .query("SELECT active FROM pg_replication_slots WHERE slot_name = '"
                        + source.config().replication().slot() + "'")
                .equals(List.of("f")));
        assertThat(only(CaptureCheck.run(source.config()), CaptureCheckCode.SLOT)
                        .level())
                .isEqualTo(Finding.Level.OK);
        assertThat(only(CaptureCheck.run(source.config()), CaptureCheckCode.WAL_RETAINED)
                        .level())
                .isEqualTo(Finding.Level.OK);
    }

    @Test
    void findsAPublicationThatLeavesOutTablesOrRowsOrOperations() {
        TestSource source = customers("CREATE TABLE other (id int PRIMARY KEY)");
        String name = source.config().replication().publication();

        source.database().run("CREATE PUBLICATION " + name + " FOR TABLE other");
        assertFails(
                CaptureCheck.run(source.config()),
                CaptureCheckCode.PUBLICATION_TABLES,
                "ADD TABLE \"public\".\"customers\"");

        source.database()
                .run(only(CaptureCheck.run(source.config()), CaptureCheckCode.PUBLICATION_TABLES)
                        .fix());
        assertThat(only(CaptureCheck.run(source.config()), CaptureCheckCode.PUBLICATION)
                        .level())
                .isEqualTo(Finding.Level.OK);

        source.database().run("ALTER PUBLICATION " + name + " SET TABLE customers WHERE (id > 5)");
        assertFails(CaptureCheck.run(source.config()), CaptureCheckCode.PUBLICATION_NARROW, "DROP PUBLICATION");

        source.database()
                .run(
                        "ALTER PUBLICATION " + name + " SET TABLE customers",
                        "ALTER PUBLICATION " + name + " SET (publish = 'insert,update,delete')");
        assertFails(CaptureCheck.run(source.config()), CaptureCheckCode.PUBLICATION_NARROW, "CREATE PUBLICATION");
    }

    @Test
    void findsAServerThatIsNotSetUpForReplication() {
        TestSource source = customers();
        try (TestPostgres bare = TestPostgres.start(Map.of(
                "wal_level", "replica",
                "max_wal_senders", "0",
                "max_replication_slots", "1",
                "max_slot_wal_keep_size", "1MB",
                "checkpoint_timeout", "30s",
                "max_wal_size", "32MB"))) {
            TestPostgres.Database database = bare.createDatabase();
            String slot = source.config().replication().slot();
            database.run(TABLE, "CREATE TABLE bulk (x text)", "SELECT pg_create_physical_replication_slot('x', true)");
            List<Finding> findings = CaptureCheck.run(as(source, database(database, "postgres")));
            assertFails(findings, CaptureCheckCode.WAL_LEVEL, "ALTER SYSTEM SET wal_level = 'logical'");
            assertFails(findings, CaptureCheckCode.WAL_SENDERS, "ALTER SYSTEM SET max_wal_senders");
            assertFails(findings, CaptureCheckCode.REPLICATION_SLOTS, "ALTER SYSTEM SET max_replication_slots");

            database.run(
                    "SELECT pg_drop_replication_slot('x')",
                    "SELECT pg_create_physical_replication_slot('" + slot + "', true)",
                    "INSERT INTO bulk SELECT repeat('x', 1000) FROM generate_series(1, 100000)",
                    "SELECT pg_switch_wal()",
                    "CHECKPOINT");
            List<Finding> lost = CaptureCheck.run(as(source, database(database, "postgres")));
            assertFails(lost, CaptureCheckCode.SLOT, "pg_drop_replication_slot('" + slot + "')");
            assertFails(lost, CaptureCheckCode.WAL_RETAINED, "max_slot_wal_keep_size");
        }
    }

    @Test
    void saysWhyThereIsNoConnection() {
        TestSource source = customers();
        PostgresDatabase there = source.config().source().database();

        assertFails(
                CaptureCheck.run(as(
                        source,
                        new PostgresDatabase("127.0.0.1", there.port(), "nowhere", there.user(), there.password()))),
                CaptureCheckCode.CONNECTION,
                "database name");
        assertFails(
                CaptureCheck.run(as(
                        source,
                        new PostgresDatabase("127.0.0.1", there.port(), there.name(), "nobody", there.password()))),
                CaptureCheckCode.CONNECTION,
                "role");
        assertFails(
                CaptureCheck.run(
                        as(source, new PostgresDatabase("127.0.0.1", 1, there.name(), there.user(), there.password()))),
                CaptureCheckCode.CONNECTION,
                "Start the server");
    }
}
