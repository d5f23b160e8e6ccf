package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.SourcePosition;
import dev.sluice.cdc.event.SourcePosition.Kind;
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
        for (int i = ordered.size() - 1; i >= 0; i--) {
            if (SourcePosition.is(Kind.FIRST, ordered.get(i).seq())) {
                int behind = lastReadBefore(ordered, i);
                if (behind > i) {
                    ordered.add(behind, ordered.remove(i));
                }
            }
        }
        return ordered;
    }

    /** Where the last read stands that was delivered before the change, -1 when there is none. */
    private static int lastReadBefore(List<Event> ordered, int change) {
        Origin at = ordered.get(change).provenance().origin();
        for (int i = ordered.size() - 1; i > change; i--) {
            Event event = ordered.get(i);
            Origin read = event.provenance().origin();
            if (SourcePosition.is(Kind.READ, event.seq())
                    && read.topic().equals(at.topic())
                    && read.partition() == at.partition()
                    && read.offset() < at.offset()) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Whether two neighbours in source order belong to one transaction. Where the source names no transaction, changes
     * of one commit time do. A snapshot read belongs to none.
     */
    static boolean together(Event one, Event next) {
        if (SourcePosition.is(Kind.READ, one.seq()) || SourcePosition.is(Kind.READ, next.seq())) {
            return false;
        }
        String transaction = one.provenance().transaction();
        boolean sameEpoch = one.seq().regionMatches(0, next.seq(), 0, 8);
        return sameEpoch
                && transaction.equals(next.provenance().transaction())
                && (!transaction.isEmpty() || one.committedAt() == next.committedAt());
    }
}
