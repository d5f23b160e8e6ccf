package dev.sluice.cdc.event;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Says the place of an event in the source's own order. Snapshot rows order below every streamed event of the same log
 * position. Two events of one key never share a position.
 *
 * <p>For PostgreSQL {@code event} is the WAL position of the row change. A row lock is held until commit, so for one
 * key the order of WAL positions is the order of commits.
 *
 * @param event log position of the event (PostgreSQL: LSN), unsigned
 * @param order order inside the transaction, from 1; 0 when the source does not say
 * @param snapshot true when the event is a snapshot read at that log position
 */
public record SourcePosition(long event, long order, boolean snapshot)
        implements Serializable, Comparable<SourcePosition> {

    private static final Comparator<SourcePosition> SOURCE_ORDER = Comparator.<SourcePosition>comparingLong(
                    p -> p.event() ^ Long.MIN_VALUE)
            .thenComparing(p -> !p.snapshot())
            .thenComparingLong(SourcePosition::order);

    public SourcePosition {
        if (order < 0 || order > 0xffffffffL) {
            throw new IllegalArgumentException("The order in the transaction is out of range: " + order + ".");
        }
    }

    /**
     * The position as text whose lexicographic order is the source order: 16 hex digits, {@code .0.} for a snapshot
     * read or {@code .1.} for a streamed change, 8 hex digits.
     */
    public String seq() {
        return String.format("%016x.%d.%08x", event, snapshot ? 0 : 1, order);
    }

    /**
     * Reads the text form written by {@link #seq()}.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static SourcePosition parse(String seq) {
        if (!seq.matches("[0-9a-f]{16}\\.[01]\\.[0-9a-f]{8}")) {
            throw new IllegalArgumentException("This is not a source position: " + seq + ".");
        }
        return new SourcePosition(
                Long.parseUnsignedLong(seq.substring(0, 16), 16),
                Long.parseLong(seq.substring(19), 16),
                seq.charAt(17) == '0');
    }

    /** The log position as PostgreSQL writes it, for example {@code 0/1A2B3C40}. */
    public String lsn() {
        return Long.toHexString(event >>> 32).toUpperCase(java.util.Locale.ROOT)
                + "/"
                + Long.toHexString(event & 0xffffffffL).toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public int compareTo(SourcePosition other) {
        return SOURCE_ORDER.compare(this, other);
    }
}
