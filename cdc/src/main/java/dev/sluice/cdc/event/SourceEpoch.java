package dev.sluice.cdc.event;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Numbers the lives of a source's log. The positions of a log begin again when its database is restored from a dump,
 * upgraded by {@code pg_upgrade} or replaced; a capture that begins anew begins a new epoch, and every event of the new
 * epoch orders behind all events of the epochs before. Capture writes the number as decimal text into a header of every
 * record; a record without the header belongs to epoch 0.
 */
public final class SourceEpoch {

    /** Name of the header. */
    public static final String HEADER = "sluice.epoch";

    /**
     * Name of the header of a sweep mark: a record without value that capture writes behind the last row of the first
     * snapshot of an epoch. Rows of earlier epochs that the snapshot did not find are gone. The header holds the time
     * of the snapshot in microseconds since the epoch of Unix, UTC, then the schema and the table, with blanks between.
     */
    public static final String SWEEP = "sluice.sweep";

    private static final long MOST = 0xffffffffL;

    private SourceEpoch() {}

    /** The header of that epoch. */
    public static byte[] header(long epoch) {
        return Long.toString(epoch).getBytes(StandardCharsets.US_ASCII);
    }

    /** The epoch of the record; -1 when the header holds no number of 32 bits. */
    public static long of(RawRecord record) {
        List<RawRecord.Header> headers = record.headers();
        for (int i = 0; i < headers.size(); i++) {
            RawRecord.Header header = headers.get(i);
            if (header.name().equals(HEADER)) {
                return header.value() == null ? -1 : number(header.value());
            }
        }
        return 0;
    }

    private static long number(byte[] digits) {
        long value = digits.length == 0 ? -1 : 0;
        for (byte digit : digits) {
            value = value * 10 + digit - '0';
            if (digit < '0' || digit > '9' || value > MOST) {
                return -1;
            }
        }
        return value;
    }
}
