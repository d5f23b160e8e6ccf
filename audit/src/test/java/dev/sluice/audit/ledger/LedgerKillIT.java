package dev.sluice.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.audit.fixture.AppendLoop;
import dev.sluice.audit.fixture.Receipts;
import dev.sluice.audit.tile.NoteKey;
import dev.sluice.audit.verify.LedgerVerifier;
import dev.sluice.audit.verify.LedgerVerifier.Evidence;
import dev.sluice.audit.verify.Verification;
import dev.sluice.cdc.event.CrashPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes one ledger with SIGKILL in several rounds, and checks every acknowledged leaf. */
class LedgerKillIT {
    private static final int ROUNDS = 12;

    @TempDir
    private Path home;

    @Test
    @Timeout(600)
    void keepsEveryAcknowledgedLeafThroughKills() throws IOException, InterruptedException {
        Random random = new Random(58);
        Map<Long, Long> acknowledged = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            String point = List.of("", "CP18:", "CP19:").get(round % 3);
            int after = 1 + random.nextInt(20);
            List<String> lines = point.isEmpty() ? killedFromOutside(after) : killedAt(point + after);
            if (!point.isEmpty()) {
                assertThat(lines).hasSize(after - 1);
            }
            for (String line : lines) {
                int space = line.indexOf(' ');
                acknowledged.put(Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
            }
            holds(acknowledged, point);
        }
        assertThat(acknowledged).hasSizeGreaterThan(60);
    }

    private void holds(Map<Long, Long> acknowledged, String point) throws IOException {
        NoteKey key = NoteKey.open(home.resolve("keys"), "sluice/kill");
        long last;
        try (Ledger ledger = Ledger.open(home.resolve("ledger"), key)) {
            acknowledged.forEach((batch, leaf) ->
                    assertThat(ledger.record(Receipts.batch(batch)).leaf()).isEqualTo(leaf));
            last = ledger.size() - 1;
        }
        // A leaf is gone when the kill came before the signature. It is kept, but unacknowledged, when the kill came
        // after.
        if (point.equals("CP18:")) {
            assertThat(acknowledged.keySet()).last().isEqualTo(last);
        } else if (point.equals("CP19:")) {
            assertThat(acknowledged).doesNotContainKey(last);
        }
        Verification result = LedgerVerifier.verify(new Evidence(
                home.resolve("ledger"),
                List.of(key.verifier()),
                List.of(Files.readAllBytes(key.head())),
                Optional.empty()));
        assertThat(result.findings()).isEmpty();
    }

    private List<String> killedAt(String point) throws IOException, InterruptedException {
        Process process = start("-D" + CrashPoint.PROPERTY + "=" + point);
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII)) {
            reader.lines().forEach(lines::add);
        }
        assertThat(process.waitFor()).isEqualTo(137);
        return lines;
    }

    private List<String> killedFromOutside(int after) throws IOException, InterruptedException {
        Process process = start("-Xshare:auto");
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (lines.size() == after) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return lines;
    }

    private Process start(String option) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendLoop.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
