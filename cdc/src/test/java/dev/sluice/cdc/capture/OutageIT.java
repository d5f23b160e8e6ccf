package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageIT {
    private static final String TABLE = "public.customers";

    @TempDir
    Path folder;

    private TestSource source() {
        return TestSource.create(folder, List.of(TABLE), "CREATE TABLE customers (id int PRIMARY KEY, name text)");
    }

    private static void awaitOperations(TestSource source, String operations) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(source.operations(TABLE)).isEqualTo(operations));
    }

    @Test
    void goesOnAfterTheBrokerWasAway() throws Exception {
        TestSource source = source();
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            source.database().run("INSERT INTO customers VALUES (1,'a')");
            awaitOperations(source, "c");

            source.stack().kafka().stop();
            source.database().run("INSERT INTO customers VALUES (2,'b')");
            source.stack().kafka().restart();
            source.database().run("INSERT INTO customers VALUES (3,'c')");

            awaitOperations(source, "ccc");
            assertThat(capture.failure()).isEmpty();
        }
    }

    @Test
    void goesOnAfterTheServerEndedItsConnections() throws Exception {
        TestSource source = source();
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            for (int i = 1; i <= 3; i++) {
                source.database()
                        .run(
                                "INSERT INTO customers VALUES (" + i + ",'a')",
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                                        + " AND datname = current_database()");
                awaitOperations(source, "c".repeat(i));
            }
            assertThat(capture.failure()).isEmpty();
        }
    }

    @Test
    void givesUpWithTheLastReasonWhenTheDatabaseStaysAway() throws Exception {
        TestSource source = source();
        CaptureConfig config = source.config();
        CaptureConfig.CapturedSource nowhere = new CaptureConfig.CapturedSource(
                config.source().name(),
                new dev.sluice.cdc.capture.postgres.PostgresDatabase(
                        "127.0.0.1", 1, "x", "y", dev.sluice.cdc.capture.postgres.Secret.of("hidden-word")),
                config.source().tables());
        TestSource broken = source.with(new CaptureConfig(
                nowhere,
                config.replication(),
                config.transport(),
                new CaptureConfig.Retry(3, Duration.ofMillis(10), Duration.ofMillis(20)),
                config.stateFolder()));
        try (DebeziumCapture capture = broken.capture()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> capture.failure().isPresent());

            assertThat(capture.failure().orElseThrow())
                    .hasMessageStartingWith("CDC-041 Capture gave up after 3 starts")
                    .hasMessageContaining("CDC-002")
                    .hasMessageNotContaining("hidden-word");
        }
    }
}
