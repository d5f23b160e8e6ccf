package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever could hide a gap between the stored position and the source is refused at start, by name. */
class SourceGapIT {
    private static final String TABLE = "public.customers";

    @TempDir
    Path folder;

    private TestSource stoppedSource() throws Exception {
        TestSource source =
                TestSource.create(folder, List.of(TABLE), "CREATE TABLE customers (id int PRIMARY KEY, name text)");
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            source.database().run("INSERT INTO customers VALUES (1,'a')");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> source.operations(TABLE).equals("c"));
        }
        // The server lets go of the slot a moment after the connection has ended.
        await().atMost(Duration.ofSeconds(30)).until(() -> source.database()
                .query("SELECT active FROM pg_replication_slots WHERE slot_name = '" + slot(source) + "'")
                .equals(List.of("f")));
        return source;
    }

    private static String slot(TestSource source) {
        return source.config().replication().slot();
    }

    private static CaptureException refusal(TestSource source) {
        try (DebeziumCapture capture = source.capture()) {
            Throwable failure =
                    Assertions.catchThrowable(() -> capture.completion().get(60, TimeUnit.SECONDS));
            assertThat(failure).isInstanceOf(ExecutionException.class);
            assertThat(capture.failure()).containsSame((CaptureException) failure.getCause());
            return (CaptureException) failure.getCause();
        }
    }

    private static void assertRefused(TestSource source, String code, String what) {
        CaptureException refusal = refusal(source);
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal.getMessage()).contains(what);
        assertThat(refusal.retryable()).isFalse();
        assertThat(source.operations(TABLE)).isEqualTo("c");
    }

    @Test
    void refusesWhenTheSlotIsGone() throws Exception {
        TestSource source = stoppedSource();
        source.database().run("SELECT pg_drop_replication_slot('" + slot(source) + "')");

        assertRefused(source, "CDC-011", "Capture has confirmed changes up to 0/");
    }

    @Test
    void refusesASlotThatWasDroppedAndCreatedAgain() throws Exception {
        TestSource source = stoppedSource();
        source.database()
                .run(
                        "SELECT pg_drop_replication_slot('" + slot(source) + "')",
                        "INSERT INTO customers VALUES (2,'lost')",
                        "SELECT pg_create_logical_replication_slot('" + slot(source) + "', 'pgoutput')");

        assertRefused(source, "CDC-012", "it begins at 0/");
    }

    @Test
    void refusesASlotThatAnotherProgramMovedOn() throws Exception {
        TestSource source = stoppedSource();
        source.database()
                .run(
                        "INSERT INTO customers VALUES (2,'lost')",
                        "SELECT pg_replication_slot_advance('" + slot(source) + "', pg_current_wal_lsn())");

        assertRefused(source, "CDC-013", "Another program moved the replication slot");
    }

    @Test
    void refusesAPublicationThatWasAwayForAWhile() throws Exception {
        TestSource source = stoppedSource();
        String name = source.config().replication().publication();
        source.database().run("DROP PUBLICATION " + name);
        assertRefused(source, "CDC-017", "it is gone");

        source.database().run("CREATE PUBLICATION " + name + " FOR TABLE customers");
        assertRefused(source, "CDC-017", "dropped and created again");
    }

    @Test
    void refusesAPublicationWhoseSettingsWereOthersForAMoment() throws Exception {
        TestSource source = stoppedSource();
        String name = source.config().replication().publication();
        source.database()
                .run(
                        "ALTER PUBLICATION " + name + " SET (publish = 'insert')",
                        "DELETE FROM customers WHERE id = 1",
                        "ALTER PUBLICATION " + name + " SET (publish = 'insert, update, delete, truncate')");

        assertRefused(source, "CDC-017", "settings were changed");
    }

    @Test
    void refusesATableThatLeftThePublicationAndCameBack() throws Exception {
        TestSource source = stoppedSource();
        String name = source.config().replication().publication();
        source.database()
                .run(
                        "CREATE TABLE other (id int PRIMARY KEY)",
                        "ALTER PUBLICATION " + name + " SET TABLE other",
                        "INSERT INTO customers VALUES (2,'lost')",
                        "ALTER PUBLICATION " + name + " SET TABLE customers");

        assertRefused(source, "CDC-048", "public.customers left the publication");
    }

    @Test
    void refusesATableThatWasMadeAgainMeanwhile() throws Exception {
        TestSource source = stoppedSource();
        source.database()
                .run("BEGIN; DROP TABLE customers; CREATE TABLE customers (id int PRIMARY KEY, name text);"
                        + " ALTER PUBLICATION " + source.config().replication().publication()
                        + " ADD TABLE customers; COMMIT");

        assertRefused(source, "CDC-039", "another table has its name");
    }

    /** Nothing was confirmed after the fault of the last table, so nothing is lost once the fault is gone. */
    @Test
    void goesOnWithoutAGapWhenTheFaultOfTheOnlyTableIsGone() throws Exception {
        TestSource source = stoppedSource();
        source.database().run("ALTER TABLE customers REPLICA IDENTITY NOTHING", "INSERT INTO customers VALUES (2,'b')");
        assertRefused(source, "CDC-022", "public.customers");

        source.database().run("ALTER TABLE customers REPLICA IDENTITY DEFAULT");

        try (DebeziumCapture capture = source.capture()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> source.operations(TABLE).equals("cc")
                            || capture.failure().isPresent());
            assertThat(capture.failure()).isEmpty();
            assertThat(StateFolder.held(folder)).isEmpty();
        }
    }

    /** Changes under the other name are left out, so the name alone does not bring the only table back. */
    @Test
    void keepsTheOnlyTableHeldThatWasAwayForAWhile() throws Exception {
        TestSource source = stoppedSource();
        source.database().run("ALTER TABLE customers RENAME TO away", "INSERT INTO away VALUES (2,'lost')");
        assertRefused(source, "CDC-020", "public.customers");
        assertThat(StateFolder.held(folder)).containsKey(TableName.parse(TABLE));

        source.database().run("ALTER TABLE away RENAME TO customers");

        assertRefused(source, "CDC-019", "Only a new snapshot");
    }

    @Test
    void namesTheNewFaultAndNotAnEarlierHold() throws Exception {
        TestSource source = TestSource.create(
                folder,
                List.of("public.a_keyless", TABLE),
                "CREATE TABLE a_keyless (id int)",
                "CREATE TABLE customers (id int PRIMARY KEY, name text)");
        try (DebeziumCapture capture = source.capture()) {
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
        }
        source.database().run("ALTER TABLE customers RENAME TO away");

        CaptureException refusal = refusal(source);

        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo("CDC-020");
        assertThat(refusal.getMessage()).contains(TABLE);
    }

    @Test
    void refusesTheStateOfAnotherServer() throws Exception {
        TestSource source = stoppedSource();
        rewriteState("\"system\" : \"", "\"system\" : \"9");

        assertRefused(source, "CDC-010", "system identifier");
    }

    @Test
    void refusesAnotherTimeline() throws Exception {
        TestSource source = stoppedSource();
        rewriteState("\"timeline\" : 1", "\"timeline\" : 7");

        assertRefused(source, "CDC-010", "timeline was 7, but is now 1");
    }

    /** As after a restore of the database's disk from before: same server, same timeline, shorter log. */
    @Test
    void refusesASourceThatWasPutBack() throws Exception {
        TestSource source = stoppedSource();
        Path offsets = folder.resolve(StateFolder.OFFSETS);
        String ahead = Pattern.compile("(\"lsn[a-z_]*\" : )([0-9]+)")
                .matcher(Files.readString(offsets))
                .replaceAll(found -> found.group(1) + (Long.parseLong(found.group(2)) + (1L << 40)));
        Files.writeString(offsets, ahead);

        assertRefused(source, "CDC-024", "was restored to an earlier state");
    }

    @Test
    void refusesATableWhoseRowsAreNamedByAnIndexMeanwhile() throws Exception {
        TestSource source = stoppedSource();
        source.database()
                .run(
                        "ALTER TABLE customers ADD COLUMN region int NOT NULL DEFAULT 1",
                        "CREATE UNIQUE INDEX named ON customers (id, region)",
                        "ALTER TABLE customers REPLICA IDENTITY USING INDEX named");

        assertRefused(source, "CDC-023", "REPLICA IDENTITY FULL");
    }

    @Test
    void refusesAPrimaryKeyThatGotOtherColumnsMeanwhile() throws Exception {
        TestSource source = stoppedSource();
        source.database()
                .run(
                        "ALTER TABLE customers ADD COLUMN u uuid NOT NULL DEFAULT gen_random_uuid()",
                        "INSERT INTO customers VALUES (2,'b')",
                        "ALTER TABLE customers DROP CONSTRAINT customers_pkey, ADD PRIMARY KEY (u)");

        assertRefused(source, "CDC-047", "Only a new snapshot");
    }

    @Test
    void refusesADamagedState() throws Exception {
        TestSource source = stoppedSource();
        Path state = folder.resolve(StateFolder.STATE);
        Files.writeString(state, Files.readString(state).substring(0, 40));

        assertRefused(source, "CDC-004", "it is damaged");
    }

    @Test
    void refusesASlotThatItDidNotMake() {
        TestSource source =
                TestSource.create(folder, List.of(TABLE), "CREATE TABLE customers (id int PRIMARY KEY, name text)");
        source.database().run("SELECT pg_create_logical_replication_slot('" + slot(source) + "', 'pgoutput')");

        assertThat(refusal(source).code()).isEqualTo("CDC-015");
        source.database().run("SELECT pg_drop_replication_slot('" + slot(source) + "')");
    }

    @Test
    void refusesANewStateFolderBesideFullTopics(@TempDir Path other) throws Exception {
        TestSource source = stoppedSource();
        source.database().run("SELECT pg_drop_replication_slot('" + slot(source) + "')");
        CaptureConfig config = source.config();
        TestSource again = source.with(
                new CaptureConfig(config.source(), config.replication(), config.transport(), config.retry(), other));

        assertRefused(again, "CDC-031", "the state folder is new");
    }

    @Test
    void refusesASecondCaptureOnTheSameFolder() throws Exception {
        TestSource source = stoppedSource();
        try (DebeziumCapture first = source.capture()) {
            Throwable second = Assertions.catchThrowable(source::capture);

            assertThat(second).isInstanceOf(CaptureException.class).hasMessageStartingWith("CDC-005");
            assertThat(first.failure()).isEmpty();
        }
    }

    @Test
    void refusesATableWithoutAKeyBeforeItTouchesTheSource() {
        TestSource source = TestSource.create(folder, List.of(TABLE), "CREATE TABLE customers (id int, name text)");

        assertThat(refusal(source).code()).isEqualTo("CDC-022");
        assertThat(source.database().query("SELECT pubname FROM pg_publication"))
                .isEmpty();
        source.database().run("UPDATE customers SET name = 'still works'");
    }

    @Test
    void waitsForASlotInUseAndGoesOnWhenItIsFree() throws Exception {
        TestSource source = stoppedSource();
        CaptureConfig config = source.config();
        CaptureConfig impatient = new CaptureConfig(
                config.source(),
                config.replication(),
                config.transport(),
                new CaptureConfig.Retry(2, Duration.ofMillis(50), Duration.ofMillis(50)),
                config.stateFolder());
        try (DebeziumCapture holder = source.capture()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> !source.database()
                    .query("SELECT 1 FROM pg_replication_slots WHERE active AND slot_name = '" + slot(source) + "'")
                    .isEmpty());
            StartGate gate = new StartGate(impatient, folderOf(impatient));
            Throwable refused = Assertions.catchThrowable(gate::check);

            assertThat(refused).hasMessageStartingWith("CDC-016").hasMessageContaining("process");
            assertThat(((CaptureException) refused).retryable()).isTrue();
            assertThat(holder.failure()).isEmpty();
        }
    }

    /** The folder without its lock, as the gate reads it. */
    private static StateFolder folderOf(CaptureConfig config) throws Exception {
        Path copy = Files.createTempDirectory("sluice-state");
        for (String name : List.of(StateFolder.STATE, StateFolder.OFFSETS)) {
            Files.copy(config.stateFolder().resolve(name), copy.resolve(name));
        }
        return StateFolder.lock(copy);
    }

    private void rewriteState(String from, String to) throws Exception {
        Path state = folder.resolve(StateFolder.STATE);
        String text = Files.readString(state);
        assertThat(text).contains(from);
        Files.writeString(state, text.replace(from, to));
    }
}
