package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Absent;
import dev.sluice.cdc.event.Change.Op;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.SourcePosition;
import java.util.HashMap;
import java.util.Map;

/** Events for tests, with a seq from a number. */
public final class HistoryEvents {

    private HistoryEvents() {}

    public static String seq(int number) {
        return new SourcePosition(number, 0, false).seq();
    }

    public static Event write(int number, long at, Object... namesAndValues) {
        return new Event(seq(number), at, Op.UPDATE, image(namesAndValues), null, provenance(number));
    }

    public static Event delete(int number, long at) {
        return new Event(seq(number), at, Op.DELETE, null, null, provenance(number));
    }

    public static Event truncate(int number, long at) {
        return new Event(seq(number), at, Op.TRUNCATE, null, null, provenance(number));
    }

    public static Image image(Object... namesAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = "?".equals(namesAndValues[i + 1]) ? Absent.VALUE : namesAndValues[i + 1];
            values.put((String) namesAndValues[i], value);
        }
        return Image.of(values);
    }

    public static Provenance provenance(int number) {
        return provenance(number, "tx" + number);
    }

    private static Provenance provenance(int number, String transaction) {
        String identity = "test:" + SourcePosition.identity(seq(number));
        return new Provenance(identity, transaction, new Origin("t", 0, number, 0L), 1, "plan", "g/1", null, null);
    }

    /** The event as a part of that transaction. */
    public static Event in(String transaction, Event event) {
        Provenance from = event.provenance();
        Provenance part = new Provenance(
                from.eventId(), transaction, from.origin(), from.schemaId(), from.planId(), from.batch(), null, null);
        return new Event(event.seq(), event.committedAt(), event.op(), event.image(), event.subject(), part);
    }

    /** The event as a delivery of the topic with that id. */
    public static Event inTopic(String id, Event event) {
        Provenance from = event.provenance();
        Origin at = from.origin();
        Origin there = new Origin(at.topic(), id, at.partition(), at.offset(), at.timestampMillis());
        Provenance moved = new Provenance(
                from.eventId(), from.transaction(), there, from.schemaId(), from.planId(), from.batch(), null, null);
        return new Event(event.seq(), event.committedAt(), event.op(), event.image(), event.subject(), moved);
    }

    public static Event insert(int number, long at, Object... namesAndValues) {
        return new Event(seq(number), at, Op.INSERT, image(namesAndValues), null, provenance(number));
    }

    /** A snapshot read at the position with that number, made at that time. */
    public static Event read(int number, long at, Object... namesAndValues) {
        String seq = new SourcePosition(0, number, number, number, SourcePosition.Arrival.READ).seq();
        return new Event(seq, at, Op.READ, image(namesAndValues), null, provenance(number, ""));
    }

    /** The mark behind the first snapshot of that epoch, which was made at that time. */
    public static Event sweep(long epoch, long at) {
        String seq = new SourcePosition(epoch, 0, 0, 0, SourcePosition.Arrival.READ).seq();
        return new Event(seq, at, Op.TRUNCATE, null, null, provenance(99, ""));
    }

    /** The same event at a position of another place in the order. */
    public static Event at(SourcePosition position, Event event) {
        return new Event(
                position.seq(), event.committedAt(), event.op(), event.image(), event.subject(), event.provenance());
    }
}
