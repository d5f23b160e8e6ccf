package dev.sluice.sinks;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a batch is written: says where every record went. A replay of the batch gives an equal receipt. Holds
 * names, numbers and positions, never a value; all parts are records that a JSON mapper can write and read.
 *
 * @param batch the batch
 * @param ranges the ranges of the batch's {@link BatchPlan}; they may hold offsets without a record, such as the
 *     marks of transactions
 * @param counts what became of all records; refused by its constructor when a record is unaccounted for, and here
 *     when the dead letters are not as many
 * @param seen what the source said
 * @param tables commits, sorted by dataset
 * @param deadLetters commit of the dead letters, null when there were none
 */
public record Receipt(
        BatchId batch,
        List<SourceRange> ranges,
        Counts counts,
        Seen seen,
        List<TableCommit> tables,
        @Nullable DeadLetterCommit deadLetters)
        implements Serializable {

    public Receipt {
        ranges = List.copyOf(ranges);
        tables = List.copyOf(tables);
        long written = deadLetters == null ? 0 : deadLetters.count();
        if (written != counts.deadLettered()) {
            throw SinkErrors.deadLettersDiffer(batch, counts.deadLettered(), written);
        }
    }

    /**
     * What the source said in this batch.
     *
     * @param events changes, those of erased persons and the undecodable ones not included
     * @param transactions transactions whose end was seen
     * @param firstPosition lowest source position, null when there was no change
     * @param lastPosition highest source position, null when there was no change
     */
    public record Seen(long events, long transactions, @Nullable String firstPosition, @Nullable String lastPosition)
            implements Serializable {}

    /**
     * A commit of dead letters.
     *
     * @param path path of the table below the lake
     * @param version Delta version that holds all of them
     * @param count how many
     */
    public record DeadLetterCommit(String path, long version, long count) implements Serializable {}
}
