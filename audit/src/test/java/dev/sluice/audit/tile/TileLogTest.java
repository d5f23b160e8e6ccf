package dev.sluice.audit.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.audit.fixture.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileLogTest {
    @TempDir
    private Path home;

    private Path folder;
    private NoteKey key;

    @BeforeEach
    void makeKey() {
        folder = home.resolve("ledger");
        key = NoteKey.open(home.resolve("keys"), "sluice/test");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 255, 256, 257, 512, 600})
    void holdsEveryEntryAfterReopeningWhateverTheSizeOfAppends(int size) {
        for (int step : new int[] {size < 21 ? 1 : 31, 256, 300}) {
            Path dir = home.resolve("log" + step);
            NoteKey own = NoteKey.open(home.resolve("keys" + step), "sluice/test");
            try (TileLog log = TileLog.open(dir, own, (index, entry) -> {})) {
                for (int from = 0; from < size; from += step) {
                    assertThat(log.append(entries(from, Math.min(size, from + step))))
                            .isEqualTo(from);
                }
            }
            List<String> found = new ArrayList<>();
            try (TileLog log = TileLog.open(dir, own, (index, entry) -> found.add(text(entry)))) {
                assertThat(found)
                        .isEqualTo(
                                entries(0, size).stream().map(TileLogTest::text).toList());
                assertThat(log.reader().head().root())
                        .isEqualTo(Merkle.root(
                                entries(0, size).stream().map(Merkle::leaf).toList()));
            }
            TreeCheck.TreeResult check = check(dir, own);
            assertThat(check.faults()).isEmpty();
            assertThat(check.ahead()).isEmpty();
        }
    }

    @Test
    void keepsPartialTilesOfEveryCheckpointUntilTheFullTileIsThere() {
        try (TileLog log = TileLog.open(folder, key, (index, entry) -> {})) {
            log.append(entries(0, 3));
            log.append(entries(3, 5));
            assertThat(folder.resolve("tile/0/000.p/3")).hasSize(96);
            assertThat(folder.resolve("tile/0/000.p/5")).hasSize(160);
            log.append(entries(5, 256));
            assertThat(folder.resolve("tile/0/000.p")).doesNotExist();
            assertThat(folder.resolve("tile/entries/000.p")).doesNotExist();
            assertThat(folder.resolve("tile/0/000")).hasSize(8192);
            assertThat(folder.resolve("tile/1/000.p/1")).hasSize(32);
        }
    }

    @Test
    void provesEveryEntryToAVerifierThatKnowsNothingElse() {
        try (TileLog log = TileLog.open(folder, key, (index, entry) -> {})) {
            for (int size : new int[] {1, 2, 3, 200, 256, 257, 600}) {
                log.append(entries((int) log.reader().head().size(), size));
                for (int index = 0; index < size; index++) {
                    assertThat(DumbVerifier.accepts(log.reader().proof(index).text(), entry(index)))
                            .isTrue();
                }
                assertThat(DumbVerifier.accepts(log.reader().proof(size - 1).text(), entry(size)))
                        .isFalse();
            }
            assertThatThrownBy(() -> log.reader().proof(600)).hasMessageContaining("AUD-012");
        }
    }

    @Test
    void readsAnOlderCheckpointFromTheFullTile() {
        try (TileLog log = TileLog.open(folder, key, (index, entry) -> {})) {
            log.append(entries(0, 100));
            TileReader old = log.reader();
            log.append(entries(100, 300));
            assertThat(text(old.entry(99))).isEqualTo("entry 99");
            assertThat(DumbVerifier.accepts(old.proof(42).text(), entry(42))).isTrue();
            assertThatThrownBy(() -> old.entry(100)).hasMessageContaining("AUD-012");
        }
    }

    @Test
    void removesWhatWasNeverSigned() throws IOException {
        append(0, 5);
        byte[] checkpoint = Files.readAllBytes(folder.resolve("checkpoint"));
        byte[] head = Files.readAllBytes(key.head());
        append(5, 300);
        Files.write(folder.resolve("checkpoint"), checkpoint);
        Files.write(key.head(), head);
        Files.createDirectory(folder.resolve("tile/0/000.p"));
        Files.createDirectory(folder.resolve("tile/entries/000.p"));
        Files.write(folder.resolve("tile/0/000.p/5"), hashes(0, 5));
        Files.write(folder.resolve("tile/entries/000.p/5"), Bundle.ofEntries(entries(0, 5)));
        Files.write(folder.resolve("tile/0/001.p/9.tmp"), new byte[7]);

        append(5, 6);
        assertThat(check(folder, key).faults()).isEmpty();
        assertThat(check(folder, key).ahead()).isEmpty();
        assertThat(check(folder, key).size()).isEqualTo(6);
        assertThat(folder.resolve("tile/0/000")).doesNotExist();
    }

    @Test
    void publishesWhatWasSignedButNotPublished() throws IOException {
        append(0, 5);
        byte[] checkpoint = Files.readAllBytes(folder.resolve("checkpoint"));
        append(5, 7);
        Files.write(folder.resolve("checkpoint"), checkpoint);
        append(7, 7);
        assertThat(check(folder, key).size()).isEqualTo(7);
    }

    @Test
    void refusesAFolderThatWasRolledBack() throws IOException {
        append(0, 5);
        Path backup = home.resolve("backup");
        Folders.copy(folder, backup);
        append(5, 9);
        Folders.delete(folder);
        Folders.copy(backup, folder);
        assertThatThrownBy(() -> append(9, 10)).hasMessageContaining("AUD-003").hasMessageContaining("9 leaves");
    }

    @Test
    void refusesAFolderWithoutItsLastSignedHead() throws IOException {
        append(0, 5);
        Files.delete(key.head());
        assertThatThrownBy(() -> append(5, 6)).hasMessageContaining("AUD-005");
    }

    @Test
    void refusesADamagedEntryAndATornFile() throws IOException {
        append(0, 5);
        Path bundle = folder.resolve("tile/entries/000.p/5");
        byte[] bytes = Files.readAllBytes(bundle);
        for (int cut = 1; cut < bytes.length; cut++) {
            Files.write(bundle, Arrays.copyOf(bytes, bytes.length - cut));
            assertThatThrownBy(() -> append(5, 6)).hasMessageMatching("(?s)AUD-00[34].*");
        }
        bytes[5] ^= 1;
        Files.write(bundle, bytes);
        assertThatThrownBy(() -> append(5, 6)).hasMessageContaining("AUD-004");
    }

    @Test
    void refusesAHeadSignedByAnotherKey() {
        append(0, 5);
        NoteKey other = NoteKey.open(home.resolve("other"), "sluice/test");
        assertThatThrownBy(() -> {
                    Files.copy(key.head(), other.head());
                    TileLog.open(folder, other, (index, entry) -> {});
                })
                .hasMessageContaining("AUD-014");
    }

    @Test
    void refusesASecondWriter() {
        try (TileLog log = TileLog.open(folder, key, (index, entry) -> {})) {
            log.append(entries(0, 1));
            assertThatThrownBy(() -> append(1, 2)).hasMessageContaining("AUD-002");
        }
        append(1, 2);
    }

    @Test
    void closesWhenAWriteFailsAndKeepsWhatWasAcknowledged() throws IOException {
        try (TileLog log = TileLog.open(folder, key, (index, entry) -> {})) {
            log.append(entries(0, 3));
            // A file stands where a folder must be, so the write fails for every user, also for root.
            Folders.delete(folder.resolve("tile/0/000.p"));
            Files.writeString(folder.resolve("tile/0/000.p"), "");
            assertThatThrownBy(() -> log.append(entries(3, 4))).hasMessageContaining("AUD-001");
            assertThatThrownBy(() -> log.append(entries(3, 4))).hasMessageContaining("AUD-010");
            assertThat(log.reader().head().size()).isEqualTo(3);
        }
        Files.delete(folder.resolve("tile/0/000.p"));
        Files.createDirectory(folder.resolve("tile/0/000.p"));
        Files.write(folder.resolve("tile/0/000.p/3"), hashes(0, 3));
        append(3, 4);
        assertThat(check(folder, key).faults()).isEmpty();
    }

    @Test
    void refusesAnEntryThatIsTooLongAndGoesOn() {
        try (TileLog log = TileLog.open(folder, key, (index, entry) -> {})) {
            log.append(List.of(new byte[Bundle.MAX_ENTRY]));
            assertThatThrownBy(() -> log.append(List.of(new byte[Bundle.MAX_ENTRY + 1])))
                    .hasMessageContaining("AUD-008");
            log.append(entries(1, 2));
        }
        assertThat(check(folder, key).size()).isEqualTo(2);
    }

    private void append(int from, int to) {
        try (TileLog log = TileLog.open(folder, key, (index, entry) -> {})) {
            log.append(entries(from, to));
        }
    }

    static TreeCheck.TreeResult check(Path dir, NoteKey signer) {
        return TreeCheck.run(TileReader.open(dir, List.of(signer.verifier())), (index, entry) -> {}, List.of());
    }

    private static byte[] hashes(int from, int to) {
        return Bundle.ofHashes(entries(from, to).stream().map(Merkle::leaf).toList());
    }

    private static List<byte[]> entries(int from, int to) {
        return IntStream.range(from, to).mapToObj(TileLogTest::entry).toList();
    }

    private static byte[] entry(int index) {
        return ("entry " + index).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] entry) {
        return new String(entry, StandardCharsets.UTF_8);
    }

    /** Checks a proof by RFC 9162, section 2.1.3.2. Shares only the two hash functions with the code under test. */
    private static final class DumbVerifier {
        static boolean accepts(String proof, byte[] entry) {
            String[] lines = proof.split("\n", -1);
            int blank = List.of(lines).indexOf("");
            long node = Long.parseLong(lines[1].substring("index ".length()));
            long last = Long.parseLong(lines[blank + 2]) - 1;
            Hash hash = Merkle.leaf(entry);
            for (int line = 2; line < blank; line++) {
                Hash sibling = Hash.of(Base64.getDecoder().decode(lines[line]));
                if (last == 0) {
                    return false;
                }
                if (node % 2 == 1 || node == last) {
                    hash = Merkle.node(sibling, hash);
                    while (node % 2 == 0 && node != 0) {
                        node /= 2;
                        last /= 2;
                    }
                } else {
                    hash = Merkle.node(hash, sibling);
                }
                node /= 2;
                last /= 2;
            }
            return last == 0
                    && lines[0].equals("c2sp.org/tlog-proof@v1")
                    && hash.base64().equals(lines[blank + 3]);
        }
    }
}
