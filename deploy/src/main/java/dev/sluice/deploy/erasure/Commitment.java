package dev.sluice.deploy.erasure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A salted hash that stands for a text in the ledger. The salt (256 random bits) is kept elsewhere; without it even a
 * guessed text cannot be checked, so dropping the salt redacts the leaf while the tree still verifies.
 */
final class Commitment {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Commitment() {}

    /** A new salt, 64 hex digits. */
    static String salt() {
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    /** {@code sha256:} and 64 hex digits over salt and text. */
    static String of(String salt, String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(HexFormat.of().parseHex(salt));
            return "sha256:" + HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
