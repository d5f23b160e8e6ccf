package dev.sluice.cdc.decode.binlog;

import dev.sluice.cdc.decode.avro.AvroColumn;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.event.SourcePosition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what is particular to envelopes of Debezium's connectors for MySQL and MariaDB, which read a binary log. */
public final class Binlog {

    private static final Set<String> CONNECTORS = Set.of("mysql", "mariadb");
    private static final Pattern FILE = Pattern.compile(".+\\.(\\d{1,9})");
    private static final long MOST_POSITION = 0xffff_ffffL;
    private static final int NUMBER_SHIFT = 32;
    private static final Set<Object> FIRST_MOMENTS = Set.of(LocalDate.EPOCH, LocalDate.EPOCH.atStartOfDay());

    private Binlog() {}

    /** Whether the source block is of such a connector. */
    public static boolean isOf(String connector) {
        return CONNECTORS.contains(connector);
    }

    /**
     * The position of a row change. Transactions are in the log in the order of their commits, so file number, place in
     * the file and row of the event are the order of the source. Positions of two servers, or of one whose log was
     * reset, cannot be compared.
     *
     * @param file name of the file, which ends with its number
     * @param place place of the event in the file
     * @param row number of the row in the event
     * @param read whether a snapshot read the row
     */
    public static SourcePosition position(String file, @Nullable Object place, @Nullable Object row, boolean read) {
        Matcher name = FILE.matcher(file);
        if (!name.matches()) {
            throw BadRecord.of(DecodeCode.NO_POSITION, "source.file is not the name of a binary log file");
        }
        long number = Long.parseLong(name.group(1));
        long at = number(place, "source.pos");
        return new SourcePosition(number << NUMBER_SHIFT | at, number(row, "source.row"), read);
    }

    private static long number(@Nullable Object value, String what) {
        long number = value instanceof Number any ? any.longValue() : -1;
        if (number < 0 || number > MOST_POSITION) {
            throw BadRecord.of(DecodeCode.NO_POSITION, what + " is missing or out of range");
        }
        return number;
    }

    /**
     * Refuses a date that may be the zero date of MySQL: the connector sends the first moment of 1970 for it where the
     * column cannot be null. A {@code TIMESTAMP} of MySQL never holds that moment.
     *
     * @param mayBeZero whether columns of dates may hold zero dates at all
     */
    public static void refuseZeroDates(
            List<AvroColumn> columns, @Nullable Object @Nullable [] values, boolean mayBeZero) {
        for (int i = 0; values != null && i < values.length; i++) {
            Object value = values[i];
            boolean ambiguous =
                    mayBeZero && value != null && !columns.get(i).nullable() && FIRST_MOMENTS.contains(value);
            if (ambiguous || Instant.EPOCH.equals(value)) {
                throw BadRecord.of(
                                DecodeCode.ZERO_DATE,
                                "first moment of 1970 that may stand for a zero date; see source.zero-dates")
                        .in("after." + columns.get(i).name());
            }
        }
    }
}
