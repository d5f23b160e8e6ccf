package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Source;
import dev.sluice.cdc.event.SourcePosition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads where a change stands in the source, its transaction and its commit time from PostgreSQL's envelope. */
final class Positions {

    private static final long MOST_MICROS = Long.MAX_VALUE / 2;

    private Positions() {}

    /** The source of an event of that envelope. */
    static Source of(DebeziumEnvelope envelope, Origin origin, DatasetId dataset, int schemaId) {
        @Nullable Object[] block = block(envelope);
        return new Source(
                dataset, position(envelope, block, origin), transaction(envelope, block), commit(block), schemaId);
    }

    /** The source block, which every envelope must have. */
    static @Nullable Object[] block(DebeziumEnvelope envelope) {
        if (envelope.source == null) {
            throw BadRecord.of(DecodeCode.NO_POSITION, "no source block");
        }
        return envelope.source;
    }

    private static SourcePosition position(DebeziumEnvelope envelope, @Nullable Object[] block, Origin origin) {
        String snapshot = SourceReader.text(block[EnvelopeReader.SNAPSHOT]);
        boolean read = "r".equals(envelope.op);
        if (read && snapshot.equals("incremental")) {
            // The lsn of such a row is that of the last streamed change, not of the read. The row therefore orders
            // below
            // every streamed change, and the rows of several such snapshots order as in the topic.
            return new SourcePosition(0, (origin.offset() + 1) & 0xffffffffL, true);
        }
        long lsn = SourceReader.number(block[EnvelopeReader.LSN], DecodeCode.NO_POSITION, "source.lsn is missing");
        if (lsn == 0) {
            throw BadRecord.of(DecodeCode.NO_POSITION, "source.lsn is zero");
        }
        return new SourcePosition(lsn, order(envelope), read);
    }

    private static long order(DebeziumEnvelope envelope) {
        Object order = envelope.transaction == null ? null : envelope.transaction[EnvelopeReader.TOTAL_ORDER];
        if (order == null) {
            return 0;
        }
        long number = SourceReader.number(order, DecodeCode.NO_POSITION, "transaction.total_order is not a number");
        if (number < 0 || number > 0xffffffffL) {
            throw BadRecord.of(DecodeCode.NO_POSITION, "transaction.total_order is out of range");
        }
        return number;
    }

    private static String transaction(DebeziumEnvelope envelope, @Nullable Object[] block) {
        Object id = envelope.transaction == null ? null : envelope.transaction[EnvelopeReader.ID];
        if (id instanceof String text && !text.isEmpty()) {
            return text;
        }
        Object txId = block[EnvelopeReader.TX_ID];
        return txId instanceof Number number ? Long.toUnsignedString(number.longValue()) : "";
    }

    private static Instant commit(@Nullable Object[] block) {
        Object micros = block[EnvelopeReader.COMMIT_MICROS];
        if (micros instanceof Long exact) {
            return instant(exact, 1);
        }
        Object millis = block[EnvelopeReader.COMMIT_MILLIS];
        return instant(SourceReader.number(millis, DecodeCode.NO_POSITION, "source.ts_us is missing"), 1_000);
    }

    private static Instant instant(long units, int microsPerUnit) {
        if (units < 0 || units > MOST_MICROS / microsPerUnit) {
            throw BadRecord.of(DecodeCode.NO_POSITION, "commit time is out of range");
        }
        return Instant.EPOCH.plus(units * microsPerUnit, ChronoUnit.MICROS);
    }
}
