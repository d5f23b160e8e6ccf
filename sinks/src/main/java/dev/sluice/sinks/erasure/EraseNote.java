package dev.sluice.sinks.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Describes a delete as JSON in the commit's {@code userMetadata}, so that a run after a crash can count the delete.
 *
 * @param erasure version of this format, 1
 * @param order digest of the case's id: the id begins like the person's pseudonym, which no log may hold
 * @param rows number of rows deleted
 */
record EraseNote(int erasure, String order, long rows) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The note of a delete for that case. */
    static EraseNote of(String caseId, long rows) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] digest = sha.digest(("sluice erasure " + caseId).getBytes(StandardCharsets.UTF_8));
            return new EraseNote(1, HexFormat.of().formatHex(digest, 0, 16), rows);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java platform has no SHA-256.", e);
        }
    }

    /** The note as JSON. */
    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The note of a delete could not be written as JSON.", e);
        }
    }

    /** Reads a note; empty when the text is something else. */
    static Optional<EraseNote> parse(String text) {
        try {
            EraseNote note = JSON.readValue(text, EraseNote.class);
            return note.erasure() == 1 && note.order() != null ? Optional.of(note) : Optional.empty();
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        }
    }
}
