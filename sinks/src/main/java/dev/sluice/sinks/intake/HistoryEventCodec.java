package dev.sluice.sinks.intake;

import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.Origin;
import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.history.Image;
import dev.sluice.sinks.history.Provenance;

/**
 * Writes an event as bytes for the way between Spark tasks of one batch, and reads the bytes back. The bytes are never
 * stored, so their form has no version. Thread-safe.
 */
public final class HistoryEventCodec {

    private HistoryEventCodec() {}

    /** The bytes of an event. */
    public static byte[] encode(Event event) {
        Bytes.Out out = new Bytes.Out();
        write(out, event);
        return out.done();
    }

    /** The event of these bytes. */
    public static Event decode(byte[] bytes) {
        return read(new Bytes.In(bytes));
    }

    static void write(Bytes.Out out, Event event) {
        out.text(event.seq()).number(event.committedAt()).text(event.op().code());
        Image image = event.image();
        if (image == null) {
            out.raw(0);
        } else {
            out.raw(1).blob(RowCodec.encode(image));
        }
        out.optional(event.subject());
        write(out, event.provenance());
    }

    static Event read(Bytes.In in) {
        String seq = in.text();
        long committedAt = in.number();
        Change.Op op = op(in);
        Image image = in.raw() == 0 ? null : RowCodec.decode(in.blob());
        String subject = in.optional();
        return new Event(seq, committedAt, op, image, subject, provenance(in));
    }

    static Change.Op op(Bytes.In in) {
        return Change.Op.ofCode(in.text())
                .orElseThrow(() -> new IllegalArgumentException("The bytes of an event hold an unknown operation."));
    }

    static void write(Bytes.Out out, Provenance from) {
        Origin origin = from.origin();
        out.text(from.eventId()).text(from.transaction());
        out.text(origin.topic())
                .text(origin.topicId())
                .number(origin.partition())
                .number(origin.offset());
        out.number(from.schemaId()).text(from.planId()).text(from.batch());
        out.optional(from.movedFrom()).optional(from.movedTo());
    }

    static Provenance provenance(Bytes.In in) {
        String eventId = in.text();
        String transaction = in.text();
        Origin origin = new Origin(in.text(), in.text(), (int) in.number(), in.number(), 0L);
        return new Provenance(
                eventId, transaction, origin, (int) in.number(), in.text(), in.text(), in.optional(), in.optional());
    }
}
