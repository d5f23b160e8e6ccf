package dev.sluice.sinks.commit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Counts;
import java.util.List;
import java.util.Optional;

/**
 * Describes a commit as JSON in its {@code userMetadata}: names and numbers, never a value.
 *
 * @param sluice version of this format, 2
 * @param generation generation of the batch
 * @param number number of the batch
 * @param plan {@link BatchPlan#digest() digest} of the batch's plan
 * @param table name of the table in notes and transaction ids
 * @param counts what became of the records that this commit answers for
 * @param topics topics all of whose records are in the counts
 * @param planIds plans of the rows, sorted
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CommitNote(
        int sluice,
        String generation,
        long number,
        String plan,
        String table,
        Counts counts,
        List<String> topics,
        List<String> planIds) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT = 2;

    public CommitNote {
        topics = List.copyOf(topics);
        planIds = List.copyOf(planIds);
    }

    /** The note of a batch's commit to a table that answers for no topic. */
    public static CommitNote of(BatchPlan batch, String table, Counts counts) {
        return of(batch, table, counts, List.of(), List.of());
    }

    /** The note of a batch's commit to a table. */
    public static CommitNote of(
            BatchPlan batch, String table, Counts counts, List<String> topics, List<String> planIds) {
        BatchId id = batch.id();
        return new CommitNote(FORMAT, id.generation(), id.number(), batch.digest(), table, counts, topics, planIds);
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
            return note.sluice() == FORMAT ? Optional.of(note) : Optional.empty();
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        }
    }
}
