package dev.sluice.sinks.intake;

import java.time.Instant;

/**
 * Converts instants to microseconds since the epoch and back. The JDK's own unit conversion overflows beyond 292 years
 * from the epoch.
 */
public final class Micros {

    private static final long PER_SECOND = 1_000_000L;

    private Micros() {}

    /** The microseconds; finer digits are cut off. */
    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / 1000);
    }

    /** The instant. */
    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1000);
    }
}
