package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.server.PromotedServer;
import dev.sluice.cdc.testkit.TestPostgres;
import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standby that keeps a copy of the slot takes the place of its primary. */
class PromotionIT {
    private static final String TABLE = "public.customers";

    @TempDir
    Path folder;

    @TempDir
    Path data;

    private TestPostgres primary;
    private TestPostgres standby;

    @AfterEach
    void stop() {
        primary.close();
        if (standby != null) {
            standby.close();
        }
    }

    @Test
    void goesOnAtAPromotedStandbyWithoutLossOrRepetition() throws Exception {
        primary = TestPostgres.start(Map.of("wal_level", "logical", "synchronized_standby_slots", "standby"));
        TestSource source = TestSource.create(
                folder, List.of(TABLE), primary, "CREATE TABLE customers (id int PRIMARY KEY, name text)");
        standby = primary.standby(data.resolve("standby"));
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            source.database().run("INSERT INTO customers VALUES (1,'captured'), (2,'captured')");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> source.operations(TABLE).equals("cc"));
            await().atMost(Duration.ofSeconds(90)).until(() -> isSynced(source));
        }
        source.database().run("INSERT INTO customers VALUES (3,'not captured yet')");
        await().atMost(Duration.ofSeconds(60)).until(() -> standbyOf(source)
                .query("SELECT name FROM customers WHERE id = 3")
                .equals(List.of("not captured yet")));
        primary.close();
        TestPostgres.Database promoted = standbyOf(source);
        assertThat(promoted.query("SELECT pg_promote()")).containsExactly("t");
        promoted.run("INSERT INTO customers VALUES (4,'on the promoted standby')");

        TestSource now = at(source, standby.port());
        try (DebeziumCapture capture = now.capture()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> capture.failure().isPresent()
                            || now.operations(TABLE).length() >= 4);
            assertThat(capture.failure()).isEmpty();
            promoted.run("INSERT INTO customers VALUES (5,'streamed')");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> now.operations(TABLE).length() >= 5);
        }

        assertThat(now.changes(TABLE))
                .extracting(change -> ((org.apache.avro.generic.GenericRecord) change.get("after")).get("id"))
                .containsExactly(1, 2, 3, 4, 5);
        asksThePromotedStandbyForATransaction(now, promoted);
        refusesWhatThePromotedStandbyNeverReceived(now);
    }

    private static void asksThePromotedStandbyForATransaction(TestSource now, TestPostgres.Database promoted)
            throws Exception {
        try (Connection connection = promoted.connect()) {
            PromotedServer server = new PromotedServer(now.config().source().database(), connection, 2);
            long committed =
                    Long.parseLong(promoted.query("SELECT txid_current()").get(0));
            long aborted;
            try (Connection other = promoted.connect();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                try (ResultSet row = statement.executeQuery("SELECT txid_current()")) {
                    row.next();
                    aborted = row.getLong(1);
                }
                assertThat(server.isCommitted(aborted)).as("runs").isFalse();
                other.rollback();
            }
            assertThat(server.isCommitted(committed)).isTrue();
            assertThat(server.isCommitted(aborted)).as("aborted").isFalse();
            assertThat(server.isCommitted(aborted + 1000)).as("not begun").isFalse();
        }
    }

    /** The state of a capture that had confirmed, on the first timeline, positions after the promotion. */
    private void refusesWhatThePromotedStandbyNeverReceived(TestSource now) throws Exception {
        Path state = folder.resolve(StateFolder.STATE);
        String text = Files.readString(state);
        assertThat(text).contains("\"timeline\" : 2");
        Files.writeString(state, text.replace("\"timeline\" : 2", "\"timeline\" : 1"));
        try (DebeziumCapture capture = now.capture()) {
            Throwable failure = catchThrowable(() -> capture.completion().get(60, TimeUnit.SECONDS));

            assertThat(failure.getCause())
                    .hasMessageStartingWith("CDC-053")
                    .hasMessageContaining("left timeline 1 at 0/")
                    .hasMessageContaining("has confirmed changes up to");
            confirmOnlyUpTo(failure.getCause().getMessage().replaceAll(".* left timeline 1 at ([^,]+),.*", "$1"));
        }
        try (DebeziumCapture capture = now.capture()) {
            Throwable failure = catchThrowable(() -> capture.completion().get(60, TimeUnit.SECONDS));

            assertThat(failure.getCause())
                    .hasMessageStartingWith("CDC-053")
                    .hasMessageContaining("has written changes up to");
        }
    }

    /** As after a crash between the records of a batch and its confirmation. */
    private void confirmOnlyUpTo(String end) throws Exception {
        Path offsets = folder.resolve(StateFolder.OFFSETS);
        String text = Files.readString(offsets);
        Files.writeString(
                offsets,
                text.replaceAll(
                        "(\"lsn[a-z_]*\" : )[0-9]+", "$1" + Lsn.parse(end).value()));
    }

    private boolean isSynced(TestSource source) {
        source.database().run("SELECT pg_log_standby_snapshot()");
        return standbyOf(source)
                .query("SELECT synced AND NOT temporary FROM pg_replication_slots WHERE slot_name = '"
                        + source.config().replication().slot() + "'")
                .equals(List.of("t"));
    }

    private TestPostgres.Database standbyOf(TestSource source) {
        return new TestPostgres.Database(standby.port(), source.database().name());
    }

    private static TestSource at(TestSource source, int port) {
        CaptureConfig config = source.config();
        PostgresDatabase before = config.source().database();
        return source.with(new CaptureConfig(
                new CaptureConfig.CapturedSource(
                        config.source().name(),
                        new PostgresDatabase(before.host(), port, before.name(), before.user(), before.password()),
                        config.source().tables()),
                config.replication(),
                config.transport(),
                config.retry(),
                config.stateFolder()));
    }
}
