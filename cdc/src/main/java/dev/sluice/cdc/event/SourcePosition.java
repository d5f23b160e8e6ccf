package dev.sluice.cdc.event;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Locale;

/**
 * Says the place of an event in the order in which the source's transactions committed. Two different things follow
 * from a position:
 *
 * <ul>
 *   <li>{@link #seq()}, the order. Events order by epoch, then by {@code place}, then a snapshot read before a streamed
 *       change, then by {@code event} and {@code order}.
 *   <li>{@link #identity()}, which event it is. The identity has no {@code place}, because a second delivery of an
 *       event may know another commit before it.
 * </ul>
 *
 * <p>The log position of a row change alone is no order: PostgreSQL writes a row into its log before it waits for the
 * transaction that holds the same key, so the change of the later transaction may have the lower position. {@code
 * place} is the larger one of the event's log position and the position of the last commit before its transaction. For
 * two transactions that commit one after the other, every place of the first is below the commit of the first, and no
 * place of the second is.
 *
 * @param epoch number of the life of the source's log; grows when the positions of the log begin again
 * @param place log position, unsigned, above every event of the transactions that committed before
 * @param event log position of the event (PostgreSQL: LSN), unsigned
 * @param order number of the event among those of its table in its transaction, from 1; 0 when the source does not say
 * @param arrival how the event came
 */
public record SourcePosition(long epoch, long place, long event, long order, Arrival arrival)
        implements Serializable, Comparable<SourcePosition> {

    private static final long MOST = 0xffffffffL;
    private static final int SEQ_LENGTH = 8 + 1 + 16 + 1 + 1 + 1 + 16 + 1 + 8;
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final Comparator<SourcePosition> SOURCE_ORDER = Comparator.comparingLong(SourcePosition::epoch)
            .thenComparing(SourcePosition::place, Long::compareUnsigned)
            .thenComparing(SourcePosition::arrival)
            .thenComparing(SourcePosition::event, Long::compareUnsigned)
            .thenComparingLong(SourcePosition::order);

    /** Lists how an event can come; the order of the constants is the order of events of one place. */
    public enum Arrival {
        /** A snapshot read. */
        READ('0'),
        /** A streamed change. */
        STREAMED('1'),
        /**
         * A streamed change of the first transaction that its capture saw: no commit before is known. A snapshot read
         * that was delivered before such a change is older than the change, whatever the places say. Only these changes
         * may stand in another place than their {@link #seq()} says.
         */
        FIRST('2');

        private final char digit;

        Arrival(char digit) {
            this.digit = digit;
        }

        private static Arrival ofDigit(char digit) {
            return digit == READ.digit ? READ : digit == STREAMED.digit ? STREAMED : FIRST;
        }
    }

    public SourcePosition {
        if (order < 0 || order > MOST || epoch < 0 || epoch > MOST) {
            throw new IllegalArgumentException(
                    "The epoch or the order in the transaction is out of range: " + epoch + ", " + order + ".");
        }
    }

    /** A position of the first epoch, of an event that is placed by its own log position. */
    public SourcePosition(long event, long order, boolean snapshot) {
        this(0, event, event, order, snapshot ? Arrival.READ : Arrival.STREAMED);
    }

    /** Whether the event is a snapshot read. */
    public boolean snapshot() {
        return arrival == Arrival.READ;
    }

    /**
     * The position as text whose lexicographic order is the source order: epoch with 8 hex digits, place with 16, a
     * digit for the arrival, event with 16, order with 8, with points between them.
     */
    public String seq() {
        char[] text = new char[SEQ_LENGTH];
        hex(text, 0, 8, epoch);
        text[8] = '.';
        hex(text, 9, 16, place);
        text[25] = '.';
        text[26] = arrival.digit;
        text[27] = '.';
        hex(text, 28, 16, event);
        text[44] = '.';
        hex(text, 45, 8, order);
        return new String(text);
    }

    /** Which event of its key this is, equal for every delivery of the event. */
    public String identity() {
        return identity(seq());
    }

    /** The {@link #identity()} of the position with that {@link #seq()}. */
    public static String identity(String seq) {
        char how = is(Arrival.READ, seq) ? 'r' : 's';
        return seq.substring(0, 9) + how + seq.substring(27);
    }

    /** Whether the position with that {@link #seq()} is came in that way. */
    public static boolean is(Arrival arrival, String seq) {
        return seq.charAt(26) == arrival.digit;
    }

    private static void hex(char[] text, int from, int digits, long value) {
        long rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = HEX[(int) (rest & 0xf)];
            rest >>>= 4;
        }
    }

    /**
     * Reads the text form written by {@link #seq()}.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static SourcePosition parse(String seq) {
        if (seq.length() == SEQ_LENGTH) {
            SourcePosition position = new SourcePosition(
                    number(seq, 0, 8),
                    number(seq, 9, 25),
                    number(seq, 28, 44),
                    number(seq, 45, SEQ_LENGTH),
                    Arrival.ofDigit(seq.charAt(26)));
            if (position.seq().equals(seq)) {
                return position;
            }
        }
        throw new IllegalArgumentException("This is not a source position: " + seq + ".");
    }

    /** The number of those hex digits; 0 where one is none, so that the text of the result differs. */
    private static long number(String text, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value << 4 | (Character.digit(text.charAt(i), 16) & 0xf);
        }
        return value;
    }

    /** The log position of the event as PostgreSQL writes it, for example {@code 0/1A2B3C40}. */
    public String lsn() {
        String high = Long.toHexString(event >>> 32);
        return (high + "/" + Long.toHexString(event & MOST)).toUpperCase(Locale.ROOT);
    }

    @Override
    public int compareTo(SourcePosition other) {
        return SOURCE_ORDER.compare(this, other);
    }
}
