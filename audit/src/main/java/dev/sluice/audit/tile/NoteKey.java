package dev.sluice.audit.tile;

import dev.sluice.audit.LedgerErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Signs the checkpoints of a log and keeps the last signed head. The key uses three files of one folder:
 * {@code ledger.key} (the private key, mode 0600, made at first use), {@code ledger.pub} (the verifier key for
 * auditors) and {@code ledger.head} (the last signed checkpoint). The head lies beside the key and not in the folder of
 * the log, so the writer notices a log folder that was rolled back alone. Safe for use by many threads.
 */
public final class NoteKey {
    private static final String PREFIX = "PRIVATE+KEY+";

    private final byte[] seed;
    private final NoteVerifier verifier;
    private final Path head;

    private NoteKey(String name, byte[] seed, Path head) {
        byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        this.seed = seed.clone();
        this.verifier = new NoteVerifier(name, publicKey);
        this.head = head;
    }

    /**
     * Opens the key of a folder, or makes a new key when the folder has none. Writes {@code ledger.pub} when that file
     * does not hold the verifier key.
     *
     * @param folder folder of the key files; created when missing
     * @param name name of the key and origin of the log, for example {@code sluice/shop}
     * @throws dev.sluice.audit.LedgerException AUD-006 when the key file does not hold the key of that name, AUD-007
     *     when the name is not allowed, AUD-001 when a file cannot be read or written
     */
    public static NoteKey open(Path folder, String name) {
        if (!NoteVerifier.isName(name)) {
            throw LedgerErrors.malformed("key name", "the name is empty or contains a space or a plus");
        }
        Path file = folder.resolve("ledger.key");
        Optional<byte[]> stored = TileFiles.readFile(file);
        byte[] seed = stored.map(bytes -> seed(file, name, bytes)).orElseGet(() -> create(folder, file, name));
        NoteKey key = new NoteKey(name, seed, folder.resolve("ledger.head"));
        if (stored.isPresent() && !key.privateText().equals(text(stored.get()))) {
            throw LedgerErrors.key(file, "the key and its id do not match");
        }
        key.publish(folder.resolve("ledger.pub"));
        return key;
    }

    /** Returns the public half of the key. */
    public NoteVerifier verifier() {
        return verifier;
    }

    /** Returns the path of the last signed checkpoint. */
    public Path head() {
        return head;
    }

    /** Signs a text with Ed25519; the same text always gives the same note. */
    SignedNote sign(String text) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return new SignedNote(text, List.of(new SignedNote.Signature(verifier.name(), verifier.keyId(), signature)));
    }

    private static byte[] seed(Path file, String name, byte[] stored) {
        String text = text(stored);
        if (!text.startsWith(PREFIX + name + "+")) {
            throw LedgerErrors.key(file, "the file does not hold the key of " + name);
        }
        try {
            byte[] typed = Base64.getDecoder()
                    .decode(text.substring(text.indexOf('+', PREFIX.length() + name.length() + 1) + 1));
            if (typed.length != 1 + Ed25519.SECRET_KEY_SIZE || typed[0] != NoteVerifier.ED25519) {
                throw LedgerErrors.key(file, "the file does not hold an Ed25519 key");
            }
            return Arrays.copyOfRange(typed, 1, typed.length);
        } catch (IllegalArgumentException notBase64) {
            throw LedgerErrors.key(file, "the key is not base64", notBase64);
        }
    }

    private static byte[] create(Path folder, Path file, String name) {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        new SecureRandom().nextBytes(seed);
        NoteKey key = new NoteKey(name, seed, folder.resolve("ledger.head"));
        Path temporary = folder.resolve("ledger.key.tmp");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(temporary);
            // The file has its rights before its first byte, and keeps them when it is renamed.
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            TileFiles.moveInto(temporary, file, bytes(key.privateText()));
        } catch (IOException failed) {
            throw LedgerErrors.storage(file, failed);
        }
        return seed;
    }

    private void publish(Path file) {
        byte[] text = bytes(verifier.text());
        if (!TileFiles.readFile(file).map(old -> Arrays.equals(old, text)).orElse(false)) {
            TileFiles.writeFile(file, text);
        }
    }

    private String privateText() {
        return PREFIX + verifier.name() + "+" + verifier.idText() + "+"
                + Base64.getEncoder().encodeToString(NoteVerifier.typed(seed));
    }

    private static String text(byte[] stored) {
        return new String(stored, StandardCharsets.UTF_8).strip();
    }

    private static byte[] bytes(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "NoteKey[" + verifier.text() + "]";
    }
}
