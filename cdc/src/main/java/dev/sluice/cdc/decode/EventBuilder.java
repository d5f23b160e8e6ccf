package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.decode.avro.RowReader;
import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.Row;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.cdc.event.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the change event of one record from its parts. One object serves one record. */
final class EventBuilder {

    private final RawRecord record;
    private final DebeziumEnvelope envelope;
    private final RowReader rows;
    private final Placeholders placeholders;

    EventBuilder(RawRecord record, DebeziumEnvelope envelope, RowReader rows, Placeholders placeholders) {
        this.record = record;
        this.envelope = envelope;
        this.rows = rows;
        this.placeholders = placeholders;
    }

    /** The kind of change that the envelope names. */
    Change.Op op() {
        String code = SourceReader.text(envelope.op);
        return Change.Op.ofCode(code)
                .orElseThrow(() -> BadRecord.of(DecodeCode.UNKNOWN_OP, "op is none of c, r, u, d, t"));
    }

    /** The event of a change of the whole table. */
    ChangeEvent truncate(Source source) {
        RowSchema schema = RowShape.of(rows.columns(), List.of()).row();
        return new ChangeEvent(record.origin(), source, schema, new Change.Truncate(), ChangeEvent.Keys.none());
    }

    /** The event of a change of one row. */
    ChangeEvent row(Source source, RowShape shape, ChangeEvent.Keys keys) {
        Row key = keys.row().orElseThrow(() -> BadRecord.of(DecodeCode.NULL_KEY, "no key"));
        Change.Op op = op();
        Change change =
                switch (op) {
                    case READ -> new Change.Read(after(shape, key, false));
                    case INSERT -> new Change.Insert(after(shape, key, keys.movedFrom() != null));
                    case UPDATE -> new Change.Update(before(shape, null), after(shape, key, true));
                    case DELETE -> new Change.Delete(before(shape, key));
                    case TRUNCATE -> new Change.Truncate();
                };
        return new ChangeEvent(record.origin(), source, shape.row(), change, keys);
    }

    /**
     * The image after the change. PostgreSQL leaves a value out only where an update did not touch it, so in any
     * other image a text that looks like the placeholder is a user's own.
     */
    private Row after(RowShape shape, Row key, boolean updated) {
        if (envelope.after == null) {
            throw BadRecord.of(DecodeCode.NOT_AN_ENVELOPE, "no image after the change");
        }
        if (updated) {
            placeholders.mark(rows.columns(), envelope.after);
            WholeImage.refuseSilentGaps(rows.columns(), placeholders.silent(), envelope.before, envelope.after);
        }
        WholeImage.refuseFillers(rows.columns(), envelope.after);
        return shape.image(envelope.after, key);
    }

    private @Nullable Row before(RowShape shape, @Nullable Row key) {
        if (envelope.before == null) {
            return null;
        }
        placeholders.mark(rows.columns(), envelope.before);
        KeyOnlyImage.mark(rows, shape.places(), envelope.before);
        WholeImage.refuseFillers(rows.columns(), envelope.before);
        return key == null ? new Row(shape.row(), envelope.before) : shape.image(envelope.before, key);
    }
}
