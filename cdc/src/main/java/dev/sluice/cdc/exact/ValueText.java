package dev.sluice.cdc.exact;

import dev.sluice.cdc.event.DataType;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the text of one value. */
public final class ValueText {

    private static final Set<String> NO_NUMBER = Set.of("NaN", "Infinity", "-Infinity");
    // PostgreSQL: 131,072 digits before and 16,383 after the point.
    private static final int LONGEST = 131_072 + 16_383 + 2;
    private static final Pattern MONEY = Pattern.compile("-?\\D{0,8}(\\d{1,3}(,\\d{3})*|\\d+)\\.\\d\\d");
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private ValueText() {}

    /**
     * The value of that type.
     *
     * @throws Unfit when the type cannot hold it
     */
    public static Object value(DataType type, String text) throws Unfit {
        try {
            return switch (type.kind()) {
                case BOOLEAN -> truth(text);
                case INT32 -> Integer.valueOf(text);
                case INT64 -> Long.valueOf(text);
                case FLOAT32 -> Float.valueOf(text);
                case FLOAT64 -> Double.valueOf(text);
                case DECIMAL -> scaled(decimal(text), type);
                case BIG_DECIMAL -> decimal(text);
                case BYTES -> bytes(text);
                case DATE -> DateText.date(text);
                case TIME -> DateText.time(text);
                case TIMESTAMP -> DateText.timestamp(text);
                case INSTANT -> DateText.instant(text);
                case TIME_WITH_ZONE -> DateText.timeWithZone(text);
                case INTERVAL -> IntervalText.iso(text);
                case UUID -> uuid(text);
                case TEXT, JSON, ENUM -> text;
                case ARRAY -> throw Unfit.malformed("array inside of an array");
            };
        } catch (NumberFormatException e) {
            throw Unfit.malformed("text is not a number of the type");
        }
    }

    private static Boolean truth(String text) throws Unfit {
        if (!text.equals("t") && !text.equals("f")) {
            throw Unfit.malformed("text is not a truth value");
        }
        return text.equals("t");
    }

    private static BigDecimal decimal(String text) throws Unfit {
        if (NO_NUMBER.contains(text)) {
            throw new Unfit(Unfit.Reason.NOT_A_NUMBER, "decimal that is not a number or has no end");
        }
        if (isPlain(text)) {
            return new BigDecimal(text);
        }
        if (!MONEY.matcher(text).matches()) {
            throw Unfit.malformed("text is not a decimal");
        }
        return new BigDecimal((text.startsWith("-") ? "-" : "") + text.replaceAll("[^\\d.]", ""));
    }

    /** Whether the text has digits, at most one point, and perhaps a sign; the server writes no exponent. */
    private static boolean isPlain(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        for (int i = start; i < text.length(); i++) {
            if (i != point && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
                return false;
            }
        }
        return text.length() > start + (point < 0 ? 0 : 1) && text.length() <= LONGEST;
    }

    private static BigDecimal scaled(BigDecimal value, DataType type) throws Unfit {
        if (value.scale() > type.scale() || value.precision() - value.scale() > type.precision() - type.scale()) {
            throw Unfit.malformed("decimal of more digits than its type declares");
        }
        return value.setScale(type.scale());
    }

    private static byte[] bytes(String text) throws Unfit {
        if (!text.startsWith("\\x")) {
            throw Unfit.malformed("text is not one of bytes");
        }
        try {
            return HexFormat.of().parseHex(text, 2, text.length());
        } catch (IllegalArgumentException e) {
            throw Unfit.malformed("text is not one of bytes");
        }
    }

    private static String uuid(String text) throws Unfit {
        if (!UUID.matcher(text).matches()) {
            throw Unfit.malformed("text is not a UUID");
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
