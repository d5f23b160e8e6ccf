package dev.sluice.sinks.commit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.sinks.Counts;
import java.util.List;
import java.util.Optional;

/**
 * Describes a commit as JSON in its {@code userMetadata}: names and numbers, never a value.
 *
 * @param sluice version of this format, 1
 * @param generation generation of the batch
 * @param number number of the batch
 * @param table which of the batch's tables this is
 * @param counts what became of the records that this commit answers for
 * @param topics topics all of whose records are in the counts
 * @param planIds plans of the rows, sorted
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CommitNote(
        int sluice,
        String generation,
        long number,
        String table,
        Counts counts,
        List<String> topics,
        List<String> planIds) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public CommitNote {
        topics = List.copyOf(topics);
        planIds = List.copyOf(planIds);
    }

    /** The note as JSON. */
    public String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The note of a commit could not be written as JSON.", e);
        }
    }

    /** Reads a note; empty when another program wrote the text. */
    static Optional<CommitNote> parse(String text) {
        try {
            CommitNote note = JSON.readValue(text, CommitNote.class);
            return note.sluice() == 1 ? Optional.of(note) : Optional.empty();
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        }
    }
}
