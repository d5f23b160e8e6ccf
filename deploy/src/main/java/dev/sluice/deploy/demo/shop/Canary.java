package dev.sluice.deploy.demo.shop;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Makes personal values that can be found again: each carries a marker that no other value has, so that a scan for the
 * markers proves whether a value is somewhere in clear.
 *
 * <ul>
 *   <li>text: {@code cnry} and eight digits of base 32 ({@code 0-9a-v}, RFC 4648 section 7 in lower case);
 *   <li>phone numbers: {@code +990} (a country code that is not assigned) and nine digits;
 *   <li>card numbers: sixteen digits that begin with {@code 9990} (no issuer has it).
 * </ul>
 *
 * Values follow from the counter alone, so the same start gives the same values. Safe for use by several threads.
 */
public final class Canary {

    /** A marker in text. */
    public static final Pattern TEXT = Pattern.compile("cnry[0-9a-v]{8}");

    /** A marked phone number. */
    public static final Pattern PHONE = Pattern.compile("\\+990[0-9]{9}(?![0-9])");

    /** A marked card number. */
    public static final Pattern CARD = Pattern.compile("(?<![0-9])9990[0-9]{12}(?![0-9])");

    /** All markers that a scan has to look for. */
    public static final List<Pattern> ALL = List.of(TEXT, PHONE, CARD);

    private static final long TEXT_LIMIT = 1L << 40;
    private static final long PHONE_LIMIT = 1_000_000_000L;
    private static final long CARD_LIMIT = 1_000_000_000_000L;

    private final AtomicLong counter;

    /** Markers numbered from {@code first} on. */
    public Canary(long first) {
        this.counter = new AtomicLong(first);
    }

    /** A new marker for text, 12 characters. */
    public String marker() {
        String digits = Long.toString(counter.getAndIncrement() % TEXT_LIMIT, 32);
        return "cnry" + "0".repeat(8 - digits.length()) + digits;
    }

    /** A new phone number. */
    public String phone() {
        return String.format(Locale.ROOT, "+990%09d", counter.getAndIncrement() % PHONE_LIMIT);
    }

    /** A new card number. */
    public String card() {
        return String.format(Locale.ROOT, "9990%012d", counter.getAndIncrement() % CARD_LIMIT);
    }
}
