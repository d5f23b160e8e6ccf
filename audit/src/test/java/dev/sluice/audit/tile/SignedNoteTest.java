package dev.sluice.audit.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.audit.LedgerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedNoteTest {
    // The example of the Go package golang.org/x/mod/sumdb/note, the first implementation of the format.
    private static final String PRIVATE =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String TEXT =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private static final String NOTE = TEXT
            + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    @TempDir
    private Path folder;

    @Test
    void signsAsTheFirstImplementationDoes() throws IOException {
        Files.writeString(folder.resolve("ledger.key"), PRIVATE + "\n");
        NoteKey key = NoteKey.open(folder, "PeterNeumann");
        assertThat(key.verifier().text()).isEqualTo(PUBLIC);
        assertThat(Files.readString(folder.resolve("ledger.pub"))).isEqualTo(PUBLIC + "\n");
        assertThat(key.sign(TEXT).encoded()).isEqualTo(NOTE);
    }

    @Test
    void opensWhatTheFirstImplementationSigned() {
        assertThat(open(NOTE, PUBLIC)).isEqualTo(TEXT);
    }

    @Test
    void ignoresSignaturesOfOthers() {
        assertThat(open(NOTE + "\u2014 witness AAAAAQI=\n", PUBLIC)).isEqualTo(TEXT);
        assertThatThrownBy(() -> open(NOTE.replace("x08go", "x08gp"), PUBLIC)).hasMessageContaining("AUD-014");
    }

    @Test
    void refusesAKnownKeysWrongSignatureEvenBesideARightOne() {
        assertThatThrownBy(() -> open(NOTE + NOTE.substring(TEXT.length() + 1).replace("/ZJk", "/ZJl"), PUBLIC))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("AUD-014");
    }

    @Test
    void refusesEveryChangedByte() {
        byte[] note = NOTE.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < note.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = note.clone();
                changed[at] ^= (byte) (1 << bit);
                assertThatThrownBy(() -> NoteVerifier.open("note", changed, List.of(NoteVerifier.parse(PUBLIC))))
                        .isInstanceOf(LedgerException.class);
            }
        }
    }

    @Test
    void refusesWithAKeyThatIsNoPointOfTheCurve() {
        byte[] noPoint = new byte[32];
        noPoint[0] = 2;
        NoteVerifier verifier = NoteVerifier.parse(new NoteVerifier("odd", noPoint).text());
        SignedNote note =
                new SignedNote(TEXT, List.of(new SignedNote.Signature("odd", verifier.keyId(), new byte[64])));
        byte[] bytes = note.encoded().getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> NoteVerifier.open("note", bytes, List.of(verifier)))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("AUD-014");
    }

    @Test
    void makesAKeyThatOnlyItsOwnerCanRead() throws IOException {
        NoteKey made = NoteKey.open(folder.resolve("keys"), "sluice/shop");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys/ledger.key"))))
                .isEqualTo("rw-------");
        assertThat(NoteKey.open(folder.resolve("keys"), "sluice/shop").verifier())
                .isEqualTo(made.verifier());
        assertThat(made.toString()).doesNotContain("PRIVATE");
        assertThatThrownBy(() -> NoteKey.open(folder.resolve("keys"), "sluice/other"))
                .hasMessageContaining("AUD-006");
    }

    @Test
    void refusesADamagedKeyFile() throws IOException {
        for (String text : List.of("", "x", PRIVATE.replace("c74f", "c74e"), PRIVATE.replace("+AY", "+BY"))) {
            Files.writeString(folder.resolve("ledger.key"), text);
            assertThatThrownBy(() -> NoteKey.open(folder, "PeterNeumann")).hasMessageContaining("AUD-006");
        }
    }

    private static String open(String note, String key) {
        return NoteVerifier.open("note", note.getBytes(StandardCharsets.UTF_8), List.of(NoteVerifier.parse(key)));
    }
}
