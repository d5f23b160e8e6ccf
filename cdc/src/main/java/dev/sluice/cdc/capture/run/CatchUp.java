package dev.sluice.cdc.capture.run;

import dev.sluice.cdc.capture.postgres.Lsn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says whether one capture follows another one closely: whether it came to where the other one was, within a quarter of
 * a minute. To be asked again and again. Confined to one thread.
 */
final class CatchUp {

    /** The other capture stops for the last stretch, so the stretch must be short. */
    static final Duration NEAR = Duration.ofSeconds(15);

    private @Nullable Mark mark;

    /** A position of the other capture, and when it was seen. */
    private record Mark(Lsn position, long nanos) {}

    /**
     * Whether the capture follows closely.
     *
     * @param own position of the capture that follows
     * @param other position of the other one
     * @param nanos the time, as {@link System#nanoTime} tells it
     */
    boolean isNear(Lsn own, Lsn other, long nanos) {
        Mark seen = mark == null ? new Mark(other, nanos) : mark;
        boolean there = !seen.position().isAfter(own);
        mark = there ? new Mark(other, nanos) : seen;
        return there && nanos - seen.nanos() < NEAR.toNanos();
    }
}
