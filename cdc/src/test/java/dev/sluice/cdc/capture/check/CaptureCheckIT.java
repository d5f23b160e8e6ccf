package dev.sluice.cdc.capture.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.DebeziumCapture;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.cdc.testkit.TestPostgres;
import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private static Finding only(List<Finding> findings, String code) {
        assertThat(findings).extracting(Finding::code).contains(code);
        return findings.stream()
                .filter(finding -> finding.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static void assertFails(List<Finding> findings, String code, String fix) {
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

        assertFails(findings, "ROLE_REPLICATION", "ALTER ROLE \"" + role + "\" REPLICATION");
        assertFails(findings, "TABLE_GRANT", "GRANT SELECT ON \"public\".\"customers\" TO \"" + role + "\"");
        assertFails(findings, "PUBLICATION", "CREATE PUBLICATION");

        for (String code : List.of("ROLE_REPLICATION", "TABLE_GRANT", "PUBLICATION")) {
            source.database().run(only(findings, code).fix());
        }
        assertThat(CaptureCheck.run(as(source, database(source.database(), role))))
                .allMatch(finding -> finding.level() == Finding.Level.OK);
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
                        "public.indexed"),
                "CREATE TABLE keyless (id int)",
                "CREATE TABLE thin (id int PRIMARY KEY)",
                "CREATE TABLE odd (id int PRIMARY KEY, \"full name\" text)",
                "CREATE VIEW seen AS SELECT 1 AS id",
                "CREATE TABLE blind (id int PRIMARY KEY)",
                "ALTER TABLE blind REPLICA IDENTITY NOTHING",
                "CREATE TABLE indexed (id int PRIMARY KEY, region int NOT NULL UNIQUE)",
                "ALTER TABLE indexed REPLICA IDENTITY USING INDEX indexed_region_key");
        List<Finding> findings = CaptureCheck.run(source.config());

        assertFails(findings, "TABLE_MISSING", "source.tables");
        assertThat(findings)
                .filteredOn(finding ->
                        finding.level() == Finding.Level.FAIL && finding.code().equals("TABLE_KEY"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix()).contains("\"keyless\" ADD PRIMARY KEY"));
        assertFails(findings, "TABLE_NAMES", "rename");
        assertFails(findings, "TABLE_KIND", "partitions");
        assertThat(findings)
                .filteredOn(finding -> finding.code().equals("REPLICA_IDENTITY"))
                .filteredOn(finding -> finding.what().startsWith("public.thin"))
                .singleElement()
                .isEqualTo(new Finding(
                        Finding.Level.WARN,
                        "REPLICA_IDENTITY",
                        "public.thin writes no full before images; versions are closed by reading the history table",
                        "ALTER TABLE \"public\".\"thin\" REPLICA IDENTITY FULL"));
        assertThat(findings)
                .filteredOn(finding -> finding.what().startsWith("public.blind has no replica identity"))
                .singleElement()
                .extracting(Finding::level)
                .isEqualTo(Finding.Level.FAIL);
        assertThat(findings)
                .filteredOn(finding -> finding.what().startsWith("public.indexed writes before images of an index"))
                .singleElement()
                .extracting(Finding::level)
                .isEqualTo(Finding.Level.FAIL);
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
            // Between snapshot and stream nobody holds the slot.
            String pid = await().atMost(Duration.ofSeconds(30)).until(() -> holder(source), Objects::nonNull);

            assertFails(CaptureCheck.run(source.config()), "SLOT_IN_USE", "pg_terminate_backend(" + pid + ")");
        }
        assertThat(only(CaptureCheck.run(source.config()), "SLOT").level()).isEqualTo(Finding.Level.OK);
        assertThat(only(CaptureCheck.run(source.config()), "WAL_RETAINED").level())
                .isEqualTo(Finding.Level.OK);
    }

    @Test
    void findsAPublicationThatLeavesOutTablesOrRowsOrOperations() {
        TestSource source = customers("CREATE TABLE other (id int PRIMARY KEY)");
        String name = source.config().replication().publication();

        source.database().run("CREATE PUBLICATION " + name + " FOR TABLE other");
        assertFails(CaptureCheck.run(source.config()), "PUBLICATION_TABLES", "ADD TABLE \"public\".\"customers\"");

        source.database()
                .run(only(CaptureCheck.run(source.config()), "PUBLICATION_TABLES")
                        .fix());
        assertThat(only(CaptureCheck.run(source.config()), "PUBLICATION").level())
                .isEqualTo(Finding.Level.OK);

        source.database().run("ALTER PUBLICATION " + name + " SET TABLE customers WHERE (id > 5)");
        assertFails(CaptureCheck.run(source.config()), "PUBLICATION_NARROW", "DROP PUBLICATION");

        source.database()
                .run(
                        "ALTER PUBLICATION " + name + " SET TABLE customers",
                        "ALTER PUBLICATION " + name + " SET (publish = 'insert,update,delete')");
        assertFails(CaptureCheck.run(source.config()), "PUBLICATION_NARROW", "CREATE PUBLICATION");
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
            assertFails(findings, "WAL_LEVEL", "ALTER SYSTEM SET wal_level = 'logical'");
            assertFails(findings, "WAL_SENDERS", "ALTER SYSTEM SET max_wal_senders");
            assertFails(findings, "REPLICATION_SLOTS", "ALTER SYSTEM SET max_replication_slots");

            database.run(
                    "SELECT pg_drop_replication_slot('x')",
                    "SELECT pg_create_physical_replication_slot('" + slot + "', true)",
                    "INSERT INTO bulk SELECT repeat('x', 1000) FROM generate_series(1, 100000)",
                    "SELECT pg_switch_wal()",
                    "CHECKPOINT");
            List<Finding> lost = CaptureCheck.run(as(source, database(database, "postgres")));
            assertFails(lost, "SLOT", "pg_drop_replication_slot('" + slot + "')");
            assertFails(lost, "WAL_RETAINED", "max_slot_wal_keep_size");
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
                "CONNECTION",
                "database name");
        assertFails(
                CaptureCheck.run(as(
                        source,
                        new PostgresDatabase("127.0.0.1", there.port(), there.name(), "nobody", there.password()))),
                "CONNECTION",
                "role");
        assertFails(
                CaptureCheck.run(
                        as(source, new PostgresDatabase("127.0.0.1", 1, there.name(), there.user(), there.password()))),
                "CONNECTION",
                "start the server");
    }
}
