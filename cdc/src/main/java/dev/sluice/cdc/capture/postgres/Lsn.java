package dev.sluice.cdc.capture.postgres;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a position in the write-ahead log, compared unsigned.
 *
 * @param value byte position
 */
public record Lsn(long value) implements Comparable<Lsn> {

    /**
     * Reads PostgreSQL's notation, for example {@code 0/16B3748}.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("This is not a log position: " + text + ".");
        }
        long high = Long.parseLong(text.substring(0, slash), 16);
        long low = Long.parseLong(text.substring(slash + 1), 16);
        return new Lsn(high << 32 | low);
    }

    /** The position, or empty for an SQL null. */
    static Optional<Lsn> ofNullable(@Nullable String text) {
        return Optional.ofNullable(text).map(Lsn::parse);
    }

    /** Whether this position is later in the log than the other one. */
    public boolean isAfter(Lsn other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%X/%X", value >>> 32, value & 0xffffffffL);
    }
}
