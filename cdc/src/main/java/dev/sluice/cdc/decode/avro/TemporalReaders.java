package dev.sluice.cdc.decode.avro;

import dev.sluice.cdc.exact.UtcTimestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads dates and times. Calendar days are proleptic Gregorian throughout, finer than microseconds is cut
 * off, and PostgreSQL's infinities, which no target type can hold, are {@link DecodeCode#TEMPORAL_RANGE}.
 */
final class TemporalReaders {

    // The stand-ins of the PostgreSQL driver for infinite timestamps (PGStatement.DATE_POSITIVE_INFINITY and its
    // negative); Debezium uses the same digits as micro- and as milliseconds.
    private static final long INFINITY = 9223372036825200000L;
    private static final long MINUS_INFINITY = -9223372036832400000L;
    // Epoch seconds whose microseconds fit a long with a margin.
    private static final long FAR = Long.MAX_VALUE / 1_000_000 - 1;
    private static final int FIRST_YEAR = -4712;
    private static final int LAST_YEAR = 5_874_897;
    private static final long DAY_MICROS = Duration.ofDays(1).toNanos() / 1_000;
    private static final Pattern PERIOD =
            Pattern.compile("P(?:-?\\d{1,10}[YMWD]){0,4}(?:T(?:-?\\d{1,10}(?:\\.\\d{1,9})?[HMS]){1,3})?");

    private TemporalReaders() {}

    static LocalDate date(AvroInput in) {
        LocalDate date = LocalDate.ofEpochDay(in.readInt());
        if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
            throw in.bad(DecodeCode.TEMPORAL_RANGE, "infinite or out of range date");
        }
        return date;
    }

    static LocalTime timeMillis(AvroInput in) {
        return time(in, in.readInt() * 1_000L);
    }

    static LocalTime timeMicros(AvroInput in) {
        return time(in, in.readLong());
    }

    static LocalTime timeNanos(AvroInput in) {
        return time(in, Math.floorDiv(in.readLong(), 1_000L));
    }

    private static LocalTime time(AvroInput in, long micros) {
        if (micros < 0 || micros >= DAY_MICROS) {
            throw in.bad(DecodeCode.TEMPORAL_RANGE, "time of day outside 00:00:00 to 23:59:59.999999");
        }
        return LocalTime.ofNanoOfDay(micros * 1_000);
    }

    static LocalDateTime timestampMillis(AvroInput in) {
        return local(in, in.readLong(), 1_000);
    }

    static LocalDateTime timestampMicros(AvroInput in) {
        return local(in, in.readLong(), 1_000_000);
    }

    static LocalDateTime timestampNanos(AvroInput in) {
        return local(in, Math.floorDiv(in.readLong(), 1_000L), 1_000_000);
    }

    static Instant instantMillis(AvroInput in) {
        return local(in, in.readLong(), 1_000).toInstant(ZoneOffset.UTC);
    }

    static Instant instantMicros(AvroInput in) {
        return local(in, in.readLong(), 1_000_000).toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime local(AvroInput in, long units, int unitsPerSecond) {
        long seconds = Math.floorDiv(units, (long) unitsPerSecond);
        if (units == INFINITY || units == MINUS_INFINITY || units == INFINITY / 1_000 || Math.abs(seconds) > FAR) {
            throw in.bad(DecodeCode.TEMPORAL_RANGE, "infinite or out of range timestamp");
        }
        int nanos = (int) Math.floorMod(units, (long) unitsPerSecond) * (1_000_000_000 / unitsPerSecond);
        return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
    }

    /** ISO 8601 with an offset, as {@code io.debezium.time.ZonedTimestamp} has it. */
    static Instant zonedTimestamp(AvroInput in) {
        String text = in.readString();
        if (text.endsWith("infinity")) {
            throw in.bad(DecodeCode.TEMPORAL_RANGE, "infinite timestamp");
        }
        try {
            Instant instant = UtcTimestamp.isPlain(text)
                    ? UtcTimestamp.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
            if (Math.abs(instant.getEpochSecond()) > FAR) {
                throw in.bad(DecodeCode.TEMPORAL_RANGE, "out of range timestamp");
            }
            return instant.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw in.bad(DecodeCode.LOGICAL_TYPE, "text is not an ISO 8601 timestamp with offset");
        }
    }

    static String zonedTime(AvroInput in) {
        String text = in.readString();
        try {
            OffsetTime.parse(text);
            return text;
        } catch (DateTimeException e) {
            throw in.bad(
                    text.startsWith("24:") ? DecodeCode.TEMPORAL_RANGE : DecodeCode.LOGICAL_TYPE,
                    "text is not an ISO 8601 time with offset");
        }
    }

    static String interval(AvroInput in) {
        String text = in.readString();
        if (text.length() < 3 || !PERIOD.matcher(text).matches()) {
            throw in.bad(DecodeCode.LOGICAL_TYPE, "text is not an ISO 8601 period");
        }
        return text;
    }

    /** A date of {@code time.precision.mode=isostring}, for example {@code 2024-02-29Z}. */
    static LocalDate isoDate(AvroInput in) {
        return iso(in, LocalDate::parse);
    }

    /** A time of day of {@code time.precision.mode=isostring}. */
    static LocalTime isoTime(AvroInput in) {
        return iso(in, text -> LocalTime.parse(text).truncatedTo(ChronoUnit.MICROS));
    }

    /** A timestamp without zone of {@code time.precision.mode=isostring}; its Z says nothing. */
    static LocalDateTime isoTimestamp(AvroInput in) {
        LocalDateTime value = iso(in, text -> LocalDateTime.parse(text).truncatedTo(ChronoUnit.MICROS));
        if (Math.abs(value.toEpochSecond(ZoneOffset.UTC)) > FAR) {
            throw in.bad(DecodeCode.TEMPORAL_RANGE, "out of range timestamp");
        }
        return value;
    }

    private static <T> T iso(AvroInput in, Function<String, T> parse) {
        String text = in.readString();
        if (text.endsWith("infinity")) {
            throw in.bad(DecodeCode.TEMPORAL_RANGE, "infinite date or time");
        }
        try {
            return parse.apply(text.endsWith("Z") ? text.substring(0, text.length() - 1) : text);
        } catch (DateTimeException e) {
            throw in.bad(DecodeCode.LOGICAL_TYPE, "text is not an ISO 8601 date or time");
        }
    }
}
