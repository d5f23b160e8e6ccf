package dev.sluice.sinks.delta;

import dev.sluice.sinks.Counts;
import dev.sluice.sinks.intake.IntakeRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Says what a batch would change, without values: which intervals of which keys, and which records would be dead
 * letters.
 *
 * @param counts what would become of the records
 * @param intervals the intervals that would be written or removed, by table, key and moment
 * @param rejections records that could not pass the line
 */
public record BatchPreview(Counts counts, List<IntervalChange> intervals, List<Rejection> rejections) {

    /** Nothing would change. */
    public static final BatchPreview NONE = new BatchPreview(Counts.NONE, List.of(), List.of());

    public BatchPreview {
        intervals = List.copyOf(intervals);
        rejections = List.copyOf(rejections);
    }

    /** What this batch and another would change, each by itself. */
    public BatchPreview plus(BatchPreview other) {
        List<IntervalChange> allIntervals = new ArrayList<>(intervals);
        allIntervals.addAll(other.intervals);
        List<Rejection> allRejections = new ArrayList<>(rejections);
        allRejections.addAll(other.rejections);
        return new BatchPreview(counts.plus(other.counts), allIntervals, allRejections);
    }

    /**
     * An interval of a key that would change.
     *
     * @param table path of the table below the lake
     * @param key canonical text of the treated key
     * @param removed whether the stored interval would be removed; otherwise the interval would be written, or a stored
     *     one with this position would be replaced
     * @param seq position of the event that opens the interval
     * @param lasting from when until when the interval would hold; empty moments for a removed one
     */
    public record IntervalChange(String table, String key, boolean removed, String seq, Lasting lasting) {}

    /**
     * A half-open interval of time.
     *
     * @param from first moment, null for a removed interval
     * @param to moment after the last one, null while open
     */
    public record Lasting(@Nullable Instant from, @Nullable Instant to) {}

    /**
     * A record that could not pass the line.
     *
     * @param id id of its dead letter
     * @param code stable code
     * @param detail what is wrong, without a data value
     */
    public record Rejection(String id, String code, String detail) {}

    static Rejection rejection(Row dead) {
        return new Rejection(
                IntakeRows.letterId(dead), dead.getString(IntakeRows.CODE), dead.getString(IntakeRows.DETAIL));
    }

    /** The intervals of the rows of a difference; the technical columns begin after those of the source. */
    static List<IntervalChange> intervals(String table, List<Row> rows, int technical) {
        List<IntervalChange> intervals = new ArrayList<>();
        for (Row row : rows) {
            boolean removed = row.isNullAt(technical + 3);
            Lasting lasting = new Lasting((Instant) row.get(technical), (Instant) row.get(technical + 1));
            intervals.add(new IntervalChange(
                    table,
                    row.getString(technical + 5),
                    removed,
                    row.getString(technical + 4),
                    removed ? new Lasting(null, null) : lasting));
        }
        return intervals;
    }
}
