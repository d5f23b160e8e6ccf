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

class CaptureIT {
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
        return TestSource.create(folder, List.of("public.customers"), statements);
    }

    private static void snapshot(DebeziumCapture capture) throws Exception {
        capture.snapshotCompleted().get(40, TimeUnit.SECONDS);
    }

    private static void awaitOperations(TestSource source, String operations) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(source.operations("public.customers"))
                .isEqualTo(operations));
    }

    @Test
    void writesTheSnapshotThenEveryCommittedChange() throws Exception {
        TestSource source = source("INSERT INTO customers (id, name) VALUES (1,'a'),(2,'b'),(3,NULL)");
        try (DebeziumCapture capture = source.capture()) {
            snapshot(capture);
            assertThat(source.operations("public.customers")).isEqualTo("rrr");

            source.database().run("INSERT INTO customers VALUES (4,'d')");
            source.database().run("UPDATE customers SET name = 'A' WHERE id = 1");
            source.database().run("DELETE FROM customers WHERE id = 2");
            source.database().run("UPDATE customers SET id = 5 WHERE id = 4");
            source.database().run("UPDATE customers SET name = 'z'");
            source.database().transaction("INSERT INTO customers VALUES (9,'x')", "ROLLBACK", "SELECT 1");
            source.database().run("ALTER TABLE customers ADD COLUMN city text");
            source.database().run("INSERT INTO customers VALUES (6,'f','ok',NULL,'Bern')");
            source.database().run("TRUNCATE customers");

            awaitOperations(source, "rrr" + "c" + "u" + "d-" + "d-c" + "uuu" + "c" + "t");
            assertThat(capture.failure()).isEmpty();
        }
    }
}
