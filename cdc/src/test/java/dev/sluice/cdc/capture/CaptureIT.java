package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.registry.SchemaRegistry;
import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureIT {
    private static final String TABLE = "public.customers";
    private static final String CUSTOMERS =
            "CREATE TABLE customers (id int PRIMARY KEY, name text, mood text DEFAULT 'fine', at timestamptz)";
    private static final String FULL = "ALTER TABLE customers REPLICA IDENTITY FULL";

    @TempDir
    Path folder;

    private TestSource source(String... more) {
        String[] statements = new String[more.length + 2];
        statements[0] = CUSTOMERS;
        statements[1] = FULL;
        System.arraycopy(more, 0, statements, 2, more.length);
        return TestSource.create(folder, List.of(TABLE), statements);
    }

    private static DebeziumCapture started(TestSource source) throws Exception {
        DebeziumCapture capture = source.capture();
        capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
        return capture;
    }

    private static void awaitOperations(TestSource source, String operations) {
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(source.operations(TABLE)).isEqualTo(operations));
    }

    private static String after(GenericRecord change, String column) {
        return String.valueOf(((GenericRecord) change.get("after")).get(column));
    }

    private static long lsn(GenericRecord change) {
        return (Long) ((GenericRecord) change.get("source")).get("lsn");
    }

    @Test
    void writesTheSnapshotThenEveryCommittedChange() throws Exception {
        TestSource source = source("INSERT INTO customers (id, name) VALUES (1,'a'),(2,'b'),(3,NULL)");
        try (DebeziumCapture capture = started(source)) {
            assertThat(source.operations(TABLE)).isEqualTo("rrr");

            source.database().run("INSERT INTO customers VALUES (4,'d')");
            source.database().run("UPDATE customers SET name = 'A' WHERE id = 1");
            source.database().run("DELETE FROM customers WHERE id = 2");
            source.database().run("UPDATE customers SET id = 5 WHERE id = 4");
            source.database().run("UPDATE customers SET name = 'z'");
            source.database().run("BEGIN", "INSERT INTO customers VALUES (9,'x')", "ROLLBACK");
            source.database().run("ALTER TABLE customers ADD COLUMN city text");
            source.database().run("INSERT INTO customers VALUES (6,'f','ok',NULL,'Bern')");
            source.database().run("TRUNCATE customers");

            awaitOperations(source, "rrr" + "c" + "u" + "d-" + "d-c" + "uuu" + "c" + "t");
            assertThat(capture.failure()).isEmpty();
            assertThat(after(source.changes(TABLE).get(11), "city")).isEqualTo("Bern");
            assertEveryTransactionIsWhole(source);
        }
    }

    private static void assertEveryTransactionIsWhole(TestSource source) {
        Map<String, Long> counted = source.changes(TABLE).stream()
                .filter(change -> change.get("transaction") != null)
                .map(change -> transaction((GenericRecord) change.get("transaction")))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Map<String, Long> announced = source.transactions()
                .filter(marker -> marker.get("status").toString().equals("END"))
                .filter(marker -> (Long) marker.get("event_count") > 0)
                .collect(Collectors.toMap(CaptureIT::transaction, marker -> (Long) marker.get("event_count")));
        assertThat(counted).isEqualTo(announced).isNotEmpty();
    }

    /** PostgreSQL's transaction number; the engine appends the position of each event to it. */
    private static String transaction(GenericRecord block) {
        return block.get("id").toString().split(":", -1)[0];
    }

    @Test
    void keepsNullApartFromTheColumnsDefault() throws Exception {
        TestSource source = source("INSERT INTO customers VALUES (1,'a',NULL,NULL)");
        try (DebeziumCapture capture = started(source)) {
            source.database().run("INSERT INTO customers VALUES (2,'b',NULL,NULL)");
            source.database().run("INSERT INTO customers (id) VALUES (3)");
            awaitOperations(source, "rcc");

            assertThat(source.changes(TABLE))
                    .extracting(change -> after(change, "mood"))
                    .containsExactly("null", "null", "fine");
            assertThat(capture.failure()).isEmpty();
        }
    }

    /** Confluent's default level refuses such a change; the raw topics are read by the schema that wrote each record. */
    @Test
    void goesOnWhenAColumnGetsAnotherTypeWhateverTheLevelOfTheRegistry() throws Exception {
        TestSource source = source("INSERT INTO customers VALUES (1,'a')");
        try (DebeziumCapture capture = started(source)) {
            source.registry().compatibility(source.topic(TABLE) + "-value", SchemaRegistry.Compatibility.BACKWARD);
            source.database().run("ALTER TABLE customers ALTER COLUMN name TYPE int USING 7");
            source.database().run("INSERT INTO customers VALUES (2, 8)");
            awaitOperations(source, "rc");

            assertThat(source.changes(TABLE))
                    .extracting(change -> after(change, "name"))
                    .containsExactly("a", "8");
            assertThat(capture.failure()).isEmpty();
        }
    }

    @Test
    void writesTheOtherKeyIntoTheHeaderOfAKeyChange() throws Exception {
        TestSource source = source("INSERT INTO customers VALUES (1,'a')");
        try (DebeziumCapture capture = started(source)) {
            source.database().run("UPDATE customers SET id = 7 WHERE id = 1");
            awaitOperations(source, "rd-c");

            List<ConsumerRecord<byte[], byte[]>> raw = source.raw(TABLE);
            assertThat(headerKey(source, raw.get(1), "__debezium.newkey")).isEqualTo(7);
            assertThat(headerKey(source, raw.get(3), "__debezium.oldkey")).isEqualTo(1);
            assertThat(source.read(raw.get(2).key()).get("id")).isEqualTo(1);
            assertThat(capture.failure()).isEmpty();
        }
    }

    private static Object headerKey(TestSource source, ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = StreamSupport.stream(record.headers().spliterator(), false)
                .filter(each -> each.key().equals(name))
                .findFirst()
                .orElseThrow();
        return source.read(header.value()).get("id");
    }

    @Test
    void completesTheSnapshotOfEmptyTables() throws Exception {
        TestSource source = source();
        try (DebeziumCapture capture = started(source)) {
            source.database().run("INSERT INTO customers VALUES (1,'a')");
            awaitOperations(source, "c");
            assertThat(capture.failure()).isEmpty();
        }
    }

    @Test
    void continuesAfterAStopWithNothingLostAndNothingTwice() throws Exception {
        TestSource source = source("INSERT INTO customers VALUES (1,'a')");
        started(source).close();
        source.database().run("INSERT INTO customers VALUES (2,'b')");
        try (DebeziumCapture capture = started(source)) {
            awaitOperations(source, "rc");
            assertThat(capture.completion()).isNotDone();
        }
        source.database().run("UPDATE customers SET name = 'c'");
        try (DebeziumCapture capture = started(source)) {
            awaitOperations(source, "rcuu");
            assertThat(capture.failure()).isEmpty();
        }
    }

    @Test
    void stopsWithinTenSecondsAndFreesTheFolder() throws Exception {
        TestSource source = source("INSERT INTO customers VALUES (1,'a')");
        DebeziumCapture capture = started(source);
        long begin = System.nanoTime();
        capture.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(capture.completion()).isCompletedWithValue(null);
        StateFolder.lock(folder).close();
    }

    /** Changes of a transaction that was open while the last confirmed one committed. */
    @Test
    void resumesBetweenInterleavedTransactionsWithoutLoss() throws Exception {
        TestSource source = source().withHeartbeat(Duration.ofHours(1));
        DebeziumCapture capture = started(source);
        try (Connection slow = source.database().connect();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("INSERT INTO customers VALUES (101,'first')");
            source.database().run("INSERT INTO customers VALUES (1,'quick')");
            statement.execute("INSERT INTO customers VALUES (102,'second')");
            statement.execute("INSERT INTO customers VALUES (103,'third')");
            awaitOperations(source, "c");
            capture.close();
            slow.commit();
        }
        try (DebeziumCapture again = started(source)) {
            awaitOperations(source, "cccc");
            assertThat(source.changes(TABLE))
                    .extracting(change -> after(change, "name"))
                    .containsExactly("quick", "first", "second", "third");
            assertEveryTransactionIsWhole(source);
            assertThat(again.failure()).isEmpty();
        }
    }

    /** A transaction that is open when the slot becomes consistent is streamed with positions from before that. */
    @Test
    void placesSnapshotReadsBelowEveryStreamedChange() throws Exception {
        TestSource source = source("INSERT INTO customers VALUES (1,'old')", "CREATE TABLE other (id int)");
        try (Connection first = source.database().connect();
                Connection second = source.database().connect();
                Connection third = source.database().connect()) {
            write(first, "INSERT INTO other VALUES (1)");
            DebeziumCapture capture = source.capture();
            awaitSlotWaits(source);
            write(second, "INSERT INTO other VALUES (2)");
            first.commit();
            awaitSlotWaits(source);
            write(third, "UPDATE customers SET name = 'new' WHERE id = 1");
            second.commit();
            capture.snapshotCompleted().get(60, TimeUnit.SECONDS);
            third.commit();
            awaitOperations(source, "ru");
            capture.close();
        }

        List<GenericRecord> changes = source.changes(TABLE);
        Lsn consistent = Lsn.parse(String.valueOf(consistent()));
        assertThat(after(changes.get(0), "name")).isEqualTo("old");
        assertThat(after(changes.get(1), "name")).isEqualTo("new");
        assertThat(lsn(changes.get(1)))
                .as("the streamed change lies before the slot's consistent point")
                .isLessThan(consistent.value());
        assertThat(lsn(changes.get(0))).isLessThan(lsn(changes.get(1)));
    }

    private Object consistent() {
        StateFolder state = StateFolder.lock(folder);
        try (state) {
            return state.state().orElseThrow().slot().consistent();
        }
    }

    private static void write(Connection connection, String sql) throws Exception {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The server waits for running transactions while it builds the slot's first picture of the log. */
    private static void awaitSlotWaits(TestSource source) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !source.database()
                .query(
                        "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'walsender' AND wait_event = 'transactionid'")
                .isEmpty());
    }

    @Test
    void movesAnIdleSlotOnByHeartbeats() throws Exception {
        TestSource source = source("CREATE TABLE elsewhere (id int)");
        try (DebeziumCapture capture = started(source)) {
            source.database().run("INSERT INTO elsewhere SELECT generate_series(1, 20000)");

            awaitConfirmed(source);
            assertThat(source.operations(TABLE)).isEmpty();
            assertThat(capture.failure()).isEmpty();
        }
    }

    @Test
    void movesTheSlotOnAfterARestartOfAQuietSource() throws Exception {
        TestSource source = source();
        try (DebeziumCapture capture = started(source)) {
            source.database().run("INSERT INTO customers VALUES (1,'a')");
            awaitOperations(source, "c");
            awaitConfirmed(source);
            assertThat(capture.failure()).isEmpty();
        }
        try (DebeziumCapture again = started(source)) {
            awaitConfirmed(source);
            assertThat(again.failure()).isEmpty();
        }
        assertThat(source.operations(TABLE)).isEqualTo("c");
        assertEveryTransactionIsWhole(source);
    }

    /** Waits until the source may forget its log up to where it is now. */
    private static void awaitConfirmed(TestSource source) {
        String slot = "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '"
                + source.config().replication().slot() + "'";
        Lsn written =
                Lsn.parse(source.database().query("SELECT pg_current_wal_lsn()").get(0));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        Lsn.parse(source.database().query(slot).get(0)).compareTo(written))
                .isPositive());
    }
}
