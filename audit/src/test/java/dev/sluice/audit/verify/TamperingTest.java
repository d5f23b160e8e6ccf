package dev.sluice.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.audit.event.ActionRecorded;
import dev.sluice.audit.fixture.Folders;
import dev.sluice.audit.fixture.Receipts;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.audit.tile.NoteKey;
import dev.sluice.audit.tile.TileLog;
import dev.sluice.audit.verify.LedgerVerifier.Evidence;
import dev.sluice.cdc.finding.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes the files of a ledger in many ways and expects the verifier to report each change. */
class TamperingTest {
    @TempDir
    private Path home;

    private Path folder;
    private NoteKey key;

    @BeforeEach
    void makeKey() {
        folder = home.resolve("ledger");
        key = NoteKey.open(home.resolve("keys"), "sluice/shop");
    }

    @Test
    void failsForEveryChangedByteOfEveryFile() throws IOException {
        write(0, 1);
        append(1, 3);
        assertThat(files()).hasSize(5);
        int flips = 0;
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at++) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) (1 << (flips++ % 8));
                Files.write(file, changed);
                assertThat(verify().ok()).as(file + " byte " + at).isFalse();
            }
            Files.write(file, bytes);
        }
        assertThat(verify().findings()).isEmpty();
        assertThat(flips).isGreaterThan(1_800);
    }

    @Test
    void failsForSampledBytesOfALargerLedger() throws IOException {
        append(0, 200);
        append(200, 513);
        append(513, 520);
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            int step = Math.max(1, bytes.length / 5);
            for (int at = file.hashCode() & 7; at < bytes.length; at += step) {
                byte[] changed = bytes.clone();
                changed[at] ^= 0x20;
                Files.write(file, changed);
                assertThat(verify().ok()).as(file + " byte " + at).isFalse();
            }
            Files.write(file, bytes);
        }
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void failsForEveryFileThatIsCutGrownOrRemoved() throws IOException {
        append(0, 256);
        append(256, 257);
        append(257, 258);
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            for (int cut : new int[] {1, 32, bytes.length}) {
                Files.write(file, Arrays.copyOf(bytes, bytes.length - cut));
                assertThat(verify().ok()).as(file + " cut by " + cut).isFalse();
            }
            Files.write(file, Arrays.copyOf(bytes, bytes.length + 32));
            assertThat(verify().ok()).as(file + " grown").isFalse();
            Files.delete(file);
            // A narrower copy of a tile may be deleted, because the wider copy holds the same hashes.
            assertThat(verify().ok()).as(file + " removed").isEqualTo(file.endsWith("001.p/1"));
            Files.write(file, bytes);
        }
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void failsForEveryFileThatIsNoPartOfTheLedger() throws IOException {
        write(0, 5);
        for (String name : List.of("tile/0/x000/000", "tile/note", "tile/0/000.p/0", "tile/entries/001.bak")) {
            Path added = folder.resolve(name);
            Files.createDirectories(added.getParent());
            Files.writeString(added, "x");
            assertThat(verify().findings())
                    .as(name)
                    .extracting(Finding::code)
                    .containsExactly(VerificationCode.FILE.text());
            Files.delete(added);
        }
    }

    @Test
    void failsWhenLeavesAreDroppedDoubledOrSwapped() throws IOException {
        write(0, 5);
        Path bundle = folder.resolve("tile/entries/000.p/5");
        Path hashes = folder.resolve("tile/0/000.p/5");
        List<byte[]> entries = entries(Files.readAllBytes(bundle));
        List<byte[]> leaves = leaves(Files.readAllBytes(hashes));
        int[][] orders = {{0, 1, 2, 3}, {0, 1, 3, 4}, {0, 1, 2, 3, 3}, {1, 0, 2, 3, 4}, {0, 1, 2, 3, 4, 4}};
        for (int[] order : orders) {
            Files.write(bundle, join(order, entries));
            Files.write(hashes, join(order, leaves));
            assertThat(verify().ok()).as(Arrays.toString(order)).isFalse();
        }
    }

    private void write(int from, int to) {
        try (Ledger ledger = Ledger.open(folder, key)) {
            for (int i = from; i < to; i++) {
                ledger.record(Receipts.batch(i));
            }
        }
    }

    private void append(int from, int to) {
        try (TileLog log = TileLog.open(folder, key, (leaf, entry) -> {})) {
            log.append(IntStream.range(from, to)
                    .mapToObj(i -> new ActionRecorded(Instant.EPOCH, "test", Map.of("i", "" + i)).canonical())
                    .toList());
        }
    }

    private List<Path> files() throws IOException {
        return Folders.files(folder).stream()
                .filter(file -> !file.endsWith("lock"))
                .toList();
    }

    private Verification verify() {
        return LedgerVerifier.verify(new Evidence(folder, List.of(key.verifier()), List.of(), Optional.empty()));
    }

    private static List<byte[]> entries(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>();
        for (int at = 0; at < bundle.length; ) {
            int end = at + 2 + ((bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff));
            entries.add(Arrays.copyOfRange(bundle, at, end));
            at = end;
        }
        return entries;
    }

    private static List<byte[]> leaves(byte[] tile) {
        List<byte[]> leaves = new ArrayList<>();
        for (int at = 0; at < tile.length; at += 32) {
            leaves.add(Arrays.copyOfRange(tile, at, at + 32));
        }
        return leaves;
    }

    private static byte[] join(int[] order, List<byte[]> parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int part : order) {
            out.write(parts.get(part));
        }
        return out.toByteArray();
    }
}
