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
 * The key that signs a log's checkpoints, and the memory of the last head that it signed. Three files in one folder:
 * {@code ledger.key} (private, mode 0600, made at first use), {@code ledger.pub} (the verifier key to give to auditors)
 * and {@code ledger.head} (the last signed checkpoint). The memory lies with the key and not with the log, so a log
 * folder that is rolled back is noticed. Safe for use by many threads.
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
     * The key of that folder; made when there is none.
     *
     * @param folder folder of the key files; created when missing
     * @param name key name and origin of the log, for example {@code sluice/shop}
     * @throws dev.sluice.audit.LedgerException AUD-006 when the key file is not that key, AUD-001
     */
    public static NoteKey open(Path folder, String name) {
        if (!NoteVerifier.isName(name)) {
            throw LedgerErrors.malformed("key name", "it is empty or has a space or a plus");
        }
        Path file = folder.resolve("ledger.key");
        Optional<byte[]> stored = TileFiles.readFile(file);
        byte[] seed = stored.map(bytes -> seed(file, name, bytes)).orElseGet(() -> create(folder, file, name));
        NoteKey key = new NoteKey(name, seed, folder.resolve("ledger.head"));
        if (stored.isPresent() && !key.privateText().equals(text(stored.get()))) {
            throw LedgerErrors.key(file, "key and key id do not belong together");
        }
        key.publish(folder.resolve("ledger.pub"));
        return key;
    }

    /** The public half. */
    public NoteVerifier verifier() {
        return verifier;
    }

    /** Where the last signed checkpoint is kept. */
    public Path head() {
        return head;
    }

    SignedNote sign(String text) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return new SignedNote(text, List.of(new SignedNote.Signature(verifier.name(), verifier.keyId(), signature)));
    }

    private static byte[] seed(Path file, String name, byte[] stored) {
        String text = text(stored);
        if (!text.startsWith(PREFIX + name + "+")) {
            throw LedgerErrors.key(file, "it is not the key of " + name);
        }
        try {
            byte[] typed = Base64.getDecoder()
                    .decode(text.substring(text.indexOf('+', PREFIX.length() + name.length() + 1) + 1));
            if (typed.length != 1 + Ed25519.SECRET_KEY_SIZE || typed[0] != NoteVerifier.ED25519) {
                throw LedgerErrors.key(file, "it is not an Ed25519 key");
            }
            return Arrays.copyOfRange(typed, 1, typed.length);
        } catch (IllegalArgumentException notBase64) {
            throw LedgerErrors.key(file, "it is not base64");
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
            // The rights are set before the first byte is in the file, and stay when it is renamed.
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
