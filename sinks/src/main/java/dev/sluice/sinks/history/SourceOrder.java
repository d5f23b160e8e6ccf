package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.SourcePosition;
import dev.sluice.cdc.event.SourcePosition.Arrival;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Puts the events of one key into the order of the source, and finds those of one transaction. */
final class SourceOrder {

    private SourceOrder() {}

    /**
     * The events in source order. A change of the first transaction of a capture may have a lower position than a
     * snapshot read that was made before; such a change moves behind the reads that stand before it in its topic.
     */
    static List<Event> of(Collection<Event> events) {
        List<Event> ordered = new ArrayList<>(events);
        ordered.sort(Comparator.comparing(Event::seq));
        int reads = ordered.size();
        while (reads > 0 && !isRead(ordered.get(reads - 1))) {
            reads--;
        }
        for (int i = reads - 1; i >= 0; i--) {
            if (SourcePosition.is(Arrival.FIRST, ordered.get(i).seq())) {
                int behind = lastReadBefore(ordered, i, reads);
                if (behind > i) {
                    ordered.add(behind, ordered.remove(i));
                }
            }
        }
        return ordered;
    }

    /**
     * Where the last read stands that was delivered before the change, -1 when there is none; no read is behind the
     * end.
     */
    private static int lastReadBefore(List<Event> ordered, int change, int end) {
        Event first = ordered.get(change);
        Origin at = first.provenance().origin();
        for (int i = end - 1; i > change; i--) {
            Event event = ordered.get(i);
            Origin read = event.provenance().origin();
            if (isRead(event)
                    && sameEpoch(event, first)
                    && read.topic().equals(at.topic())
                    && read.partition() == at.partition()
                    && read.offset() < at.offset()) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The events, in source order, by transaction. A snapshot read stands alone. A sweep mark that leaves the row alone
     * is left out.
     */
    static List<List<Event>> transactions(List<Event> ordered) {
        List<List<Event>> transactions = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= ordered.size(); to++) {
            boolean ends = to == ordered.size() || !together(ordered.get(to - 1), ordered.get(to));
            if (ends) {
                boolean spared = to < ordered.size() && spares(ordered.get(from), ordered.get(to));
                if (!spared) {
                    transactions.add(ordered.subList(from, to));
                }
                from = to;
            }
        }
        return transactions;
    }

    /**
     * Whether two neighbours in source order belong to one transaction. Where the source names no transaction, changes
     * of one commit time do. A snapshot read belongs to none.
     */
    private static boolean together(Event one, Event next) {
        if (isRead(one) || isRead(next)) {
            return false;
        }
        String transaction = one.provenance().transaction();
        return sameEpoch(one, next)
                && transaction.equals(next.provenance().transaction())
                && (!transaction.isEmpty() || one.committedAt() == next.committedAt());
    }

    /** Whether the event belongs to a snapshot: a read of the row, or the mark that ends rows which it did not find. */
    static boolean isRead(Event event) {
        return SourcePosition.is(Arrival.READ, event.seq());
    }

    /** Whether a sweep mark leaves the row alone, because the snapshot of its epoch has read the row. */
    private static boolean spares(Event sweep, Event next) {
        return sweep.op() == Change.Op.TRUNCATE
                && isRead(sweep)
                && next.op() == Change.Op.READ
                && sameEpoch(sweep, next);
    }

    private static boolean sameEpoch(Event one, Event next) {
        return one.seq().regionMatches(0, next.seq(), 0, 8);
    }
}
