package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what one transaction left of one key. A key lives afterwards when its life before and the inserts outnumber the
 * deletes, whatever their order: with a deferrable key, or when rows are renumbered, a row may take a key before the
 * row that had the key left it. The image is that of the last insert or update.
 *
 * @param state the row after the transaction, null when the row is gone
 * @param shown the event that stands for the transaction, null when all of its events are parked
 * @param parked events whose values were not sent and have no predecessor
 */
record KeyTransaction(@Nullable Image state, @Nullable Event shown, List<Event> parked) {

    /**
     * Applies the events of a transaction, in order, to the row before.
     *
     * @param missing events of the key that are dead letters; those that lie before one of the events are taken out
     */
    static KeyTransaction of(@Nullable Image before, List<Event> events, List<MissingEvent> missing) {
        if (events.size() == 1 && events.get(0).removes()) {
            return new KeyTransaction(null, events.get(0), List.of());
        }
        LivingRows rows = new LivingRows(before);
        for (Event event : events) {
            if (missing.removeIf(gone -> gone.isBefore(event.provenance().origin()))) {
                // What the row looked like before this event is not known, so nothing is taken from there.
                rows.state = null;
            }
            rows.apply(event);
        }
        Event shown = rows.state == null || rows.lastWrite == null ? rows.lastRemoval : rows.lastWrite;
        return new KeyTransaction(rows.state, shown, rows.parked);
    }

    /** Counts the rows that hold the key while the transaction goes on. */
    private static final class LivingRows {

        private @Nullable Image state;
        private @Nullable Event lastWrite;
        private @Nullable Event lastRemoval;
        private int count;
        private final List<Event> parked = new ArrayList<>();

        private LivingRows(@Nullable Image before) {
            this.state = before;
            this.count = before == null ? 0 : 1;
        }

        private void apply(Event event) {
            Image sent = event.image();
            if (sent == null) {
                count = event.op() == Change.Op.TRUNCATE ? 0 : Math.max(0, count - 1);
                state = count == 0 ? null : state;
                lastRemoval = event;
                return;
            }
            Image next = sent.filledFrom(state).orElse(null);
            if (next == null) {
                parked.add(event);
                return;
            }
            count = event.op() == Change.Op.INSERT ? count + 1 : Math.max(1, count);
            state = next;
            lastWrite = event;
        }
    }
}
