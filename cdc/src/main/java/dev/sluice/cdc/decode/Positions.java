package dev.sluice.cdc.decode;

import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.decode.binlog.Binlog;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.Source;
import dev.sluice.cdc.event.SourceEpoch;
import dev.sluice.cdc.event.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads where a change stands in the source, its transaction and its commit time from the envelope. */
final class Positions {

    private static final long MOST_MICROS = Long.MAX_VALUE / 2;

    private Positions() {}

    /** The source of an event of that record. */
    static Source of(DebeziumEnvelope envelope, RawRecord record, DatasetId dataset, int schemaId) {
        @Nullable Object[] block = block(envelope);
        SourcePosition position = position(envelope, block, record);
        return new Source(dataset, position, transaction(envelope, block), commit(block), schemaId);
    }

    /** The source of a sweep mark, below every event of its epoch; empty when the record is none. */
    static Optional<Source> ofSweep(RawRecord record, Topics topics) {
        return record.headers().stream()
                .filter(header -> header.name().equals(SourceEpoch.SWEEP) && header.value() != null)
                .findFirst()
                .map(header -> sweep(record, topics, new String(header.value(), StandardCharsets.UTF_8)));
    }

    private static Source sweep(RawRecord record, Topics topics, String mark) {
        String[] parts = mark.split(" ", 3);
        long epoch = SourceEpoch.of(record);
        if (parts.length != 3 || epoch < 1 || !parts[0].matches("\\d{1,18}")) {
            throw BadRecord.of(DecodeCode.NO_POSITION, "header " + SourceEpoch.SWEEP + " is not whole");
        }
        return new Source(
                topics.dataset(record.origin().topic(), parts[1], parts[2]),
                new SourcePosition(epoch, 0, 0, 0, SourcePosition.Arrival.READ),
                "",
                instant(Long.parseLong(parts[0]), 1),
                0);
    }

    /** The source block, which every envelope must have. */
    static @Nullable Object[] block(DebeziumEnvelope envelope) {
        if (envelope.source == null) {
            throw BadRecord.of(DecodeCode.NO_POSITION, "no source block");
        }
        return envelope.source;
    }

    private static SourcePosition position(DebeziumEnvelope envelope, @Nullable Object[] block, RawRecord record) {
        long epoch = SourceEpoch.of(record);
        if (epoch < 0) {
            throw BadRecord.of(DecodeCode.NO_POSITION, "header " + SourceEpoch.HEADER + " holds no number");
        }
        boolean read = "r".equals(envelope.op);
        if (isBinlog(block)) {
            return Binlog.position(
                    SourceReader.text(block[EnvelopeReader.FILE]),
                    block[EnvelopeReader.POS],
                    block[EnvelopeReader.ROW],
                    read);
        }
        long commit = lastCommit(SourceReader.text(block[EnvelopeReader.SEQUENCE]));
        if (read && SourceReader.text(block[EnvelopeReader.SNAPSHOT]).equals("incremental")) {
            // Such a read stands behind the last streamed change before the read. The log position is that of the
            // change, so the offset in the topic tells several reads of one key apart.
            long behind = later(optional(block[EnvelopeReader.LSN]), commit);
            long order = (record.origin().offset() + 1) & 0xffffffffL;
            return new SourcePosition(epoch, behind, behind, order, SourcePosition.Arrival.READ);
        }
        long lsn = SourceReader.number(block[EnvelopeReader.LSN], DecodeCode.NO_POSITION, "source.lsn is missing");
        if (lsn == 0) {
            throw BadRecord.of(DecodeCode.NO_POSITION, "source.lsn is zero");
        }
        if (read) {
            return new SourcePosition(epoch, lsn, lsn, order(envelope), SourcePosition.Arrival.READ);
        }
        SourcePosition.Arrival arrival = commit == 0 ? SourcePosition.Arrival.FIRST : SourcePosition.Arrival.STREAMED;
        return new SourcePosition(epoch, later(lsn, commit), lsn, order(envelope), arrival);
    }

    private static long optional(@Nullable Object lsn) {
        return lsn instanceof Long number ? number : 0;
    }

    private static long later(long one, long other) {
        return Long.compareUnsigned(one, other) >= 0 ? one : other;
    }

    /**
     * The position of the last commit before the transaction, 0 when the source does not say: the first text of a JSON
     * array such as {@code ["24023128","24023160"]}.
     */
    private static long lastCommit(String sequence) {
        int end = sequence.indexOf('"', 2);
        if (!sequence.startsWith("[\"") || end < 0) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(sequence, 2, end, 10);
        } catch (NumberFormatException e) {
            throw BadRecord.of(DecodeCode.NO_POSITION, "source.sequence is not a list of positions");
        }
    }

    /** Whether the connector reads a binary log, as those for MySQL and MariaDB do. */
    static boolean isBinlog(@Nullable Object[] block) {
        return Binlog.isOf(SourceReader.text(block[EnvelopeReader.CONNECTOR]));
    }

    private static long order(DebeziumEnvelope envelope) {
        Object order = envelope.transaction == null ? null : envelope.transaction[EnvelopeReader.IN_TABLE];
        if (order == null) {
            return 0;
        }
        long number = SourceReader.number(order, DecodeCode.NO_POSITION, "the number in the transaction is none");
        if (number < 0 || number > 0xffffffffL) {
            throw BadRecord.of(DecodeCode.NO_POSITION, "the number in the transaction is out of range");
        }
        return number;
    }

    private static String transaction(DebeziumEnvelope envelope, @Nullable Object[] block) {
        Object id = envelope.transaction == null ? null : envelope.transaction[EnvelopeReader.ID];
        if (id instanceof String text && !text.isEmpty()) {
            return isBinlog(block) ? text : transactionId(text);
        }
        Object txId = block[EnvelopeReader.TX_ID];
        return txId instanceof Number number
                ? Long.toUnsignedString(number.longValue())
                : SourceReader.text(block[EnvelopeReader.GTID]);
    }

    /**
     * The id of the transaction. The engine adds a log position to PostgreSQL's number of the transaction, after a
     * colon, and every event of one transaction has another one; the number alone is equal for all of them.
     */
    static String transactionId(String id) {
        int colon = id.indexOf(':');
        boolean numbers = colon > 0 && id.chars().allMatch(c -> c == ':' || Character.isDigit(c));
        return numbers ? id.substring(0, colon) : id;
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
