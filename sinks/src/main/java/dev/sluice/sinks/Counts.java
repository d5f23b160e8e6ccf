package dev.sluice.sinks;

import java.io.Serializable;

/**
 * Counts what became of records. Every record is in exactly one of the parts. The constructor throws a
 * {@link SinkException} {@code SNK-001} when the parts do not add up to {@code in}.
 *
 * @param in records read
 * @param applied changes that were new
 * @param duplicate changes that were known
 * @param filtered records that carry no row
 * @param suppressed changes of erased persons
 * @param deadLettered records that could not go on
 * @param parked changes that wait for a predecessor
 */
public record Counts(
        long in, long applied, long duplicate, long filtered, long suppressed, long deadLettered, long parked)
        implements Serializable {

    /** The counts of no record. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    public Counts {
        long sum = applied + duplicate + filtered + suppressed + deadLettered + parked;
        if (in != sum) {
            throw SinkErrors.unaccounted(in, sum);
        }
    }

    /** Changes that reached a table. */
    public static Counts ofChanges(long applied, long duplicate, long parked) {
        return new Counts(applied + duplicate + parked, applied, duplicate, 0, 0, 0, parked);
    }

    /** Records that reached no table. */
    public static Counts ofOthers(long filtered, long suppressed, long deadLettered) {
        return new Counts(filtered + suppressed + deadLettered, 0, 0, filtered, suppressed, deadLettered, 0);
    }

    /** The sum of these and the other counts. */
    public Counts plus(Counts other) {
        return new Counts(
                in + other.in,
                applied + other.applied,
                duplicate + other.duplicate,
                filtered + other.filtered,
                suppressed + other.suppressed,
                deadLettered + other.deadLettered,
                parked + other.parked);
    }
}
