package dev.sluice.cdc.capture.value;

import dev.sluice.cdc.exact.DateText;
import dev.sluice.cdc.exact.Unfit;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.time.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.postgresql.util.PGInterval;

/** Makes dates and times: a snapshot gives the server's text, the log what the engine has read from it. */
final class TemporalValues {

    private static final int MICROS_SCALE = 6;
    private static final long DAY_MICROS = Duration.ofDays(1).toNanos() / 1_000;
    private static final LocalDate GREGORIAN = LocalDate.of(1582, 10, 15);

    private TemporalValues() {}

    /** Days since 1970; the greatest and the least number are infinity and its negative, as in the server. */
    static Object date(Object value) {
        if (value.equals(DateText.INFINITY) || value.equals(PostgresValueConverter.POSITIVE_INFINITY_LOCAL_DATE)) {
            return Integer.MAX_VALUE;
        }
        if (value.equals(DateText.MINUS_INFINITY)
                || value.equals(PostgresValueConverter.NEGATIVE_INFINITY_LOCAL_DATE)) {
            return Integer.MIN_VALUE;
        }
        return Math.toIntExact(day(value).toEpochDay());
    }

    private static LocalDate day(Object value) {
        if (value instanceof LocalDate day) {
            return day;
        }
        if (value instanceof java.sql.Date calendar) {
            // Only of a column that came after the start had looked at the table. The driver's calendar is another
            // one before that day.
            LocalDate day = calendar.toLocalDate();
            if (day.isBefore(GREGORIAN) || calendar.getTime() > Long.MAX_VALUE / 2) {
                throw new IllegalArgumentException("a date that the driver does not read exactly");
            }
            return day;
        }
        return read(() -> DateText.date((String) value));
    }

    /** Microseconds since midnight, up to and with 24:00. */
    static Object time(Object value) {
        String text = (String) value;
        return text.startsWith("24:")
                ? DAY_MICROS
                : read(() -> DateText.time(text)).toNanoOfDay() / 1_000;
    }

    /** The moment in UTC; 24:00 as it is. */
    static Object timeWithZone(Object value) {
        String text = (String) value;
        return text.startsWith("24:") ? text : read(() -> DateText.timeWithZone(text));
    }

    /** The server's text. */
    static Object timestamp(Object value) {
        if (value.equals(PostgresValueConverter.POSITIVE_INFINITY_INSTANT)) {
            return DateText.INFINITY;
        }
        if (value.equals(PostgresValueConverter.NEGATIVE_INFINITY_INSTANT)) {
            return DateText.MINUS_INFINITY;
        }
        return value instanceof Instant moment
                ? DateText.of(LocalDateTime.ofInstant(moment, ZoneOffset.UTC))
                : (String) value;
    }

    /** The instant in ISO 8601, or the server's text of an infinite one. */
    static Object instant(Object value) {
        if (value.equals(PostgresValueConverter.POSITIVE_INFINITY_OFFSET_DATE_TIME)) {
            return DateText.INFINITY;
        }
        if (value.equals(PostgresValueConverter.NEGATIVE_INFINITY_OFFSET_DATE_TIME)) {
            return DateText.MINUS_INFINITY;
        }
        if (value instanceof OffsetDateTime moment) {
            return moment.toInstant().toString();
        }
        String text = (String) value;
        return DateText.isInfinite(text)
                ? text
                : read(() -> DateText.anyInstant(text)).toString();
    }

    /** The period in ISO 8601. */
    static Object interval(Object value) {
        PGInterval interval = (PGInterval) value;
        BigDecimal seconds = BigDecimal.valueOf(interval.getWholeSeconds())
                .add(BigDecimal.valueOf(interval.getMicroSeconds(), MICROS_SCALE));
        return Interval.toIsoString(
                interval.getYears(),
                interval.getMonths(),
                interval.getDays(),
                interval.getHours(),
                interval.getMinutes(),
                seconds);
    }

    private interface TextReading<T> {
        T value() throws Unfit;
    }

    private static <T> T read(TextReading<T> reading) {
        try {
            return reading.value();
        } catch (Unfit e) {
            throw new IllegalArgumentException(e.what(), e);
        }
    }
}
