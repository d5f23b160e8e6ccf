package dev.sluice.sinks;

import java.io.Serializable;

/**
 * Names a range of records of one partition.
 *
 * @param source the partition
 * @param from first offset read
 * @param until offset after the last one read
 */
public record SourceRange(SourcePartition source, long from, long until) implements Serializable {

    /** Number of offsets; at least the number of records, because marks of transactions take offsets too. */
    public long offsets() {
        return until - from;
    }
}
