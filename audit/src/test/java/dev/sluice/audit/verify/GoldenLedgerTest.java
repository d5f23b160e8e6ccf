package dev.sluice.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.audit.fixture.Folders;
import dev.sluice.audit.fixture.GoldenFiles;
import dev.sluice.audit.fixture.Plans;
import dev.sluice.audit.fixture.Receipts;
import dev.sluice.audit.ledger.LedgerReader;
import dev.sluice.audit.tile.NoteVerifier;
import dev.sluice.audit.verify.LedgerVerifier.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads and writes the golden ledger, which represents every ledger of this version of the format. */
class GoldenLedgerTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path LEDGER = GOLDEN.resolve("ledger");

    @TempDir
    private Path home;

    @Test
    void verifiesWithItsPublicKeyAlone() throws IOException {
        Verification result = LedgerVerifier.verify(new Evidence(LEDGER, List.of(key()), List.of(), Optional.empty()));
        assertThat(result.ok()).isTrue();
        assertThat(result.size()).isEqualTo(11);
        assertThat(result.root()).isEqualTo("eaad3a6a721aa9eeb9198eaffec09e610d766264f1ee73269af5045c1771534c");
    }

    @Test
    void isReadInFull() throws IOException {
        LedgerReader reader = LedgerReader.open(LEDGER, key());
        assertThat(reader.plan(Plans.ID)).hasSize(1);
        assertThat(reader.receipt(Receipts.batch(1).batch())).contains(Receipts.wide(1, 60));
    }

    @Test
    void isWrittenTheSameByteForByte() throws IOException {
        GoldenFiles.ledger(home.resolve("ledger"), home.resolve("keys"));
        List<Path> golden = Folders.files(LEDGER);
        for (Path file : golden) {
            assertThat(home.resolve("ledger").resolve(LEDGER.relativize(file))).hasSameBinaryContentAs(file);
        }
        assertThat(Folders.files(home.resolve("ledger"))).hasSize(golden.size() + 1);
    }

    private static NoteVerifier key() throws IOException {
        return NoteVerifier.parse(Files.readString(GOLDEN.resolve("ledger.pub")));
    }
}
