package dev.sluice.audit.tile;

import dev.sluice.audit.LedgerErrors;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Holds a text with its signature lines, in the format of C2SP signed-note. {@link #parse} accepts the canonical form
 * only, so every change of a byte changes the text or a signature, or makes the note malformed. Immutable.
 *
 * @param text the signed text; ends with a newline
 * @param signatures the signature lines; at least one after {@link #parse}
 */
public record SignedNote(String text, List<Signature> signatures) {
    private static final int MAX_BYTES = 1 << 20;
    private static final String MARK = "\u2014 ";

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /**
     * Holds one signature line.
     *
     * @param name name of the key
     * @param keyId hash that tells keys of the same name apart
     * @param bytes the signature itself
     */
    public record Signature(String name, int keyId, byte[] bytes) {

        String line() {
            byte[] idAndBytes = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                    .putInt(keyId)
                    .put(bytes)
                    .array();
            return MARK + name + " " + Base64.getEncoder().encodeToString(idAndBytes) + "\n";
        }
    }

    /** Returns the note as files hold it. */
    public String encoded() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }

    /**
     * Reads a note without checking any signature; {@link NoteVerifier#open} checks them.
     *
     * @param what names the note in the message
     * @throws dev.sluice.audit.LedgerException AUD-007 when the bytes are not a note in canonical form
     */
    public static SignedNote parse(String what, byte[] bytes) {
        String note = decode(what, bytes);
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n")) {
            throw LedgerErrors.malformed(what, "the note has no signature lines");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : note.substring(blank + 2).split("\n", -1)) {
            if (!line.isEmpty()) {
                signatures.add(signature(what, line));
            }
        }
        SignedNote parsed = new SignedNote(note.substring(0, blank + 1), signatures);
        if (signatures.isEmpty() || !parsed.encoded().equals(note)) {
            throw LedgerErrors.malformed(what, "a signature line is not in canonical form");
        }
        return parsed;
    }

    private static Signature signature(String what, String line) {
        int space = line.indexOf(' ', MARK.length());
        if (!line.startsWith(MARK) || space < 0) {
            throw LedgerErrors.malformed(what, "a signature line does not hold dash, name and signature");
        }
        try {
            byte[] idAndBytes = Base64.getDecoder().decode(line.substring(space + 1));
            if (idAndBytes.length <= Integer.BYTES) {
                throw LedgerErrors.malformed(what, "a signature is too short");
            }
            return new Signature(
                    line.substring(MARK.length(), space),
                    ByteBuffer.wrap(idAndBytes).getInt(),
                    Arrays.copyOfRange(idAndBytes, Integer.BYTES, idAndBytes.length));
        } catch (IllegalArgumentException notBase64) {
            throw LedgerErrors.malformed(what, "a signature is not base64", notBase64);
        }
    }

    private static String decode(String what, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw LedgerErrors.malformed(what, "the note is longer than " + MAX_BYTES + " bytes");
        }
        try {
            String note = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
                throw LedgerErrors.malformed(what, "the note contains a control character");
            }
            return note;
        } catch (CharacterCodingException notText) {
            throw LedgerErrors.malformed(what, "the note is not UTF-8", notText);
        }
    }
}
