package dev.sluice.cdc.exact;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Parses the usual form of a timestamp with zone, {@code 2024-02-29T13:14:15.123456Z}, about ten times faster than the
 * library's general parser, which reads all other forms.
 */
public final class UtcTimestamp {

    private static final String FORM = "dddd-dd-ddTdd:dd:dd";
    private static final int SECONDS_END = FORM.length();
    private static final int LONGEST = SECONDS_END + 1 + 9 + 1;

    private UtcTimestamp() {}

    /** Whether the text has that form: four-digit year, no fraction or up to nine digits of it, zone Z. */
    public static boolean isPlain(String text) {
        int last = text.length() - 1;
        if (last < SECONDS_END || text.length() > LONGEST || text.charAt(last) != 'Z') {
            return false;
        }
        for (int i = 0; i < SECONDS_END; i++) {
            char form = FORM.charAt(i);
            char c = text.charAt(i);
            if (form == 'd' ? !isDigit(c) : c != form) {
                return false;
            }
        }
        return last == SECONDS_END || isFraction(text, last);
    }

    private static boolean isFraction(String text, int last) {
        for (int i = SECONDS_END + 1; i < last; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return text.charAt(SECONDS_END) == '.' && last > SECONDS_END + 1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * The instant of a text of that form.
     *
     * @throws java.time.DateTimeException when a part is out of range
     */
    public static Instant parse(String text) {
        int nanos = 0;
        for (int i = 0; i < 9; i++) {
            int at = SECONDS_END + 1 + i;
            nanos = nanos * 10 + (at < text.length() - 1 ? text.charAt(at) - '0' : 0);
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16))
                .plusSeconds(seconds(text))
                .plusNanos(nanos)
                .toInstant(ZoneOffset.UTC);
    }

    private static int seconds(String text) {
        int seconds = number(text, 17, 19);
        if (seconds > 59) {
            throw new java.time.DateTimeException("The second is out of range.");
        }
        return seconds;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
