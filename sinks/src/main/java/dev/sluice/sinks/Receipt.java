package dev.sluice.sinks;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * States, after a batch is written, where every record of the batch went. A replay of the batch under the same policy
 * and keys gives an equal receipt. Holds names, numbers and positions, never a value; all parts are records that a JSON
 * mapper can write and read.
 *
 * @param batch the batch
 * @param ranges the ranges of the batch's {@link BatchPlan}; they may hold offsets without a record, such as the
 *     marks of transactions
 * @param counts what became of all records; {@code SNK-018} when {@code deadLetters} holds another number of dead
 *     letters
 * @param seen what the batch holds of the source
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
     * Sums up what the batch holds of the source.
     *
     * @param events changes that passed the line; changes of erased persons and dead letters are not included
     * @param transactions transactions whose end was seen
     * @param firstPosition lowest source position, null when there was no change
     * @param lastPosition highest source position, null when there was no change
     * @param accounted epoch and position of the source up to which this batch and those before it hold every change
     *     of the datasets that flow; null when the batch ends at another place
     */
    public record Seen(
            long events,
            long transactions,
            @Nullable String firstPosition,
            @Nullable String lastPosition,
            @Nullable String accounted)
            implements Serializable {

        /** What a batch holds that ends at no known place. */
        public Seen(long events, long transactions, @Nullable String firstPosition, @Nullable String lastPosition) {
            this(events, transactions, firstPosition, lastPosition, null);
        }

        /** The same for a batch that ends at that cut, if at any. */
        public Seen endingAt(@Nullable SourceCut cut) {
            return new Seen(events, transactions, firstPosition, lastPosition, cut == null ? null : cut.text());
        }
    }

    /**
     * A commit of dead letters.
     *
     * @param path path of the table below the lake
     * @param version Delta version that holds all dead letters of the batch
     * @param count number of dead letters
     */
    public record DeadLetterCommit(String path, long version, long count) implements Serializable {}
}
