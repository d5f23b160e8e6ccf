package dev.sluice.cdc.capture.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.DebeziumCapture;
import dev.sluice.cdc.testkit.TestPostgres;
import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that keeps at most 64 MB of log for a slot. */
class SlotWatchIT {
    private static final String TABLE = "public.customers";
    private static final String MEGABYTES =
            "SELECT pg_logical_emit_message(false, 'x', repeat('x', 1048576))" + " FROM generate_series(1, %d)";

    @TempDir
    Path folder;

    private static TestPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = TestPostgres.start(Map.of(
                "wal_level", "logical",
                "max_slot_wal_keep_size", "64MB",
                "min_wal_size", "32MB",
                "max_wal_size", "32MB"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private TestSource source() {
        return TestSource.create(folder, List.of(TABLE), postgres, "CREATE TABLE customers (id int PRIMARY KEY)");
    }

    private SlotSpace reading() {
        return SlotSpaceFile.in(folder).read().orElseThrow();
    }

    @Test
    void warnsBeforeTheServerRemovesLogAndSaysWhenItDid() {
        TestSource source = source();
        CaptureConfig config = source.config();
        String slot = config.replication().slot();
        source.database().run("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
        try (SlotWatch watch = SlotWatch.start(
                config.source().database(), new SlotWatch.Watched(slot, 8 << 20), folder, Duration.ofMillis(50))) {
            assertThat(watch).isNotNull();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> SlotSpaceFile.in(folder).read().isPresent());
            assertThat(reading().warning()).isEmpty();
            assertThat(reading().limit()).isEqualTo(64L << 20);

            source.database().run(MEGABYTES.formatted(10));
            await().atMost(Duration.ofSeconds(30)).until(() -> says("Look why capture does not confirm changes."));

            source.database().run(MEGABYTES.formatted(30));
            await().atMost(Duration.ofSeconds(30)).until(() -> says("At the limit the server removes log"));

            source.database().run(MEGABYTES.formatted(60), "CHECKPOINT");
            await().atMost(Duration.ofSeconds(30)).until(() -> says("changes are lost"));

            source.database()
                    .run(
                            "SELECT pg_drop_replication_slot('" + slot + "')",
                            "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> reading().warning().isEmpty());
        }
    }

    private boolean says(String part) {
        return reading().warning().filter(text -> text.contains(part)).isPresent();
    }

    @Test
    void readsTheSlotOfACaptureThatRuns() throws Exception {
        TestSource source = source();
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);

            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> SlotSpaceFile.in(folder).read().map(SlotSpace::slot),
                            Optional.of(source.config().replication().slot())::equals);
            assertThat(reading().status()).isIn("reserved", "extended");
            assertThat(reading().warning()).isEmpty();
            assertThat(capture.failure()).isEmpty();
        }
    }
}
