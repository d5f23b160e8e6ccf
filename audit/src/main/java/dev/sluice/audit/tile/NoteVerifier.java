package dev.sluice.audit.tile;

import dev.sluice.audit.LedgerErrors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/** Checks signatures with the public half of a note key (Ed25519, signature type 0x01). Immutable, safe for threads. */
public final class NoteVerifier {
    static final byte ED25519 = 1;

    private final String name;
    private final int keyId;
    private final byte[] publicKey;

    NoteVerifier(String name, byte[] publicKey) {
        this.name = name;
        this.publicKey = publicKey.clone();
        this.keyId = keyId(name, publicKey);
    }

    /**
     * Reads a verifier key in the text form {@code name+id+base64(0x01 || public key)}.
     *
     * @throws dev.sluice.audit.LedgerException AUD-007 when the text is not a verifier key in canonical form
     */
    public static NoteVerifier parse(String text) {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3 || !isName(parts[0])) {
            throw LedgerErrors.malformed("verifier key", "the text does not have the form name+id+key");
        }
        byte[] typed = decode(parts[2]);
        if (typed.length != 1 + Ed25519.PUBLIC_KEY_SIZE || typed[0] != ED25519) {
            throw LedgerErrors.malformed("verifier key", "the text does not hold an Ed25519 key");
        }
        NoteVerifier verifier = new NoteVerifier(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!verifier.text().equals(text.strip())) {
            throw LedgerErrors.malformed("verifier key", "name, id and key do not match");
        }
        return verifier;
    }

    /** Returns the name of the key, which is the origin of the log that it signs. */
    public String name() {
        return name;
    }

    /** Returns the verifier key in the text form that {@link #parse} reads. */
    public String text() {
        return name + "+" + idText() + "+" + Base64.getEncoder().encodeToString(typed(publicKey));
    }

    String idText() {
        return String.format("%08x", keyId);
    }

    int keyId() {
        return keyId;
    }

    /**
     * Returns the text of a note after checking its signatures. At least one known key must have signed the note, and
     * every signature of a known key must be right; signatures of unknown keys are ignored.
     *
     * @param what names the note in the message
     * @throws dev.sluice.audit.LedgerException AUD-007 when the bytes are not a note, AUD-014 when the check fails
     */
    public static String open(String what, byte[] bytes, List<NoteVerifier> known) {
        SignedNote note = SignedNote.parse(what, bytes);
        boolean signed = false;
        for (SignedNote.Signature signature : note.signatures()) {
            for (NoteVerifier key : known) {
                if (key.made(signature)) {
                    if (!key.verifies(note.text(), signature)) {
                        throw LedgerErrors.unsigned(what, "the signature of " + key.name + " is wrong");
                    }
                    signed = true;
                }
            }
        }
        if (!signed) {
            throw LedgerErrors.unsigned(what, "no known key signed it");
        }
        return note.text();
    }

    private boolean made(SignedNote.Signature signature) {
        return signature.name().equals(name) && signature.keyId() == keyId;
    }

    /**
     * Checks with the JDK: BouncyCastle's jar is signed, and a question that checks one signature would check the jar's
     * thousands of digests first.
     */
    private boolean verifies(String text, SignedNote.Signature signature) {
        if (signature.bytes().length != Ed25519.SIGNATURE_SIZE) {
            return false;
        }
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(encodedKey()));
            check.update(text.getBytes(StandardCharsets.UTF_8));
            return check.verify(signature.bytes());
        } catch (InvalidKeySpecException | InvalidKeyException | SignatureException notOfThisKey) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The Java runtime does not offer Ed25519 signatures.", e);
        }
    }

    /** The public key in the encoding of RFC 8410. */
    private X509EncodedKeySpec encodedKey() {
        byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
        return new X509EncodedKeySpec(ByteBuffer.allocate(prefix.length + publicKey.length)
                .put(prefix)
                .put(publicKey)
                .array());
    }

    /** Whether a signature line can hold the name: not empty, without space and plus. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+' || Character.isSpaceChar(c) || Character.isWhitespace(c) || c < ' ');
    }

    static byte[] typed(byte[] key) {
        return ByteBuffer.allocate(1 + key.length).put(ED25519).put(key).array();
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw LedgerErrors.malformed("verifier key", "the key is not base64", notBase64);
        }
    }

    private static int keyId(String name, byte[] publicKey) {
        MessageDigest digest = Merkle.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        return ByteBuffer.wrap(digest.digest(typed(publicKey))).getInt();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NoteVerifier key && text().equals(key.text());
    }

    @Override
    public int hashCode() {
        return keyId;
    }

    @Override
    public String toString() {
        return text();
    }
}
