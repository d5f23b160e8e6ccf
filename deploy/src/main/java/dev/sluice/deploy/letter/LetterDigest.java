package dev.sluice.deploy.letter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.NavigableSet;

/** Names a set of letters by one hash, so that an event of the ledger covers all letters of an act. */
final class LetterDigest {

    private LetterDigest() {}

    /** {@code sha256:} and 64 hex digits over the ids in order, each with a line feed at the end. */
    static String of(NavigableSet<String> ids) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            ids.forEach(id -> sha.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
            return "sha256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
