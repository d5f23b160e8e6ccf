package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cdc.testkit.TestSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot of rows that together are larger than the memory of the process. */
class WideRowsIT {
    private static final String TABLE = "public.customers";
    private static final int ROWS = 2500;

    @TempDir
    Path folder;

    @Test
    void capturesWideRowsWithLittleMemory() throws Exception {
        TestSource source = TestSource.create(
                folder,
                List.of(TABLE),
                "CREATE TABLE customers (id int PRIMARY KEY, body text)",
                "INSERT INTO customers SELECT i, repeat('x', 300000) FROM generate_series(1, " + ROWS + ") i");
        CaptureConfig config = source.config();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashIT.Victim.class.getName(),
                        config.source().name(),
                        Integer.toString(source.database().port()),
                        source.database().name(),
                        config.transport().bootstrap(),
                        config.transport().registry().address().toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile("sluice-wide", ".log").toFile())
                .start();
        try {
            Path offsets = folder.resolve(StateFolder.OFFSETS);
            await().atMost(Duration.ofMinutes(3))
                    .failFast("the process ended", () -> !process.isAlive())
                    .until(() -> Files.exists(offsets));
            assertThat(source.stack().kafka().end(source.topic(TABLE))).isEqualTo(ROWS);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
