package dev.sluice.cdc.exact;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of an interval in the style of PostgreSQL, {@code 1 year 2 mons -3 days -04:05:06.7}. */
final class IntervalText {

    private static final Pattern FORM = Pattern.compile("(?:([+-]?\\d+) years? ?)?(?:([+-]?\\d+) mons? ?)?"
            + "(?:([+-]?\\d+) days? ?)?(?:([+-])?(\\d+):(\\d\\d):(\\d\\d(?:\\.\\d{1,6})?))?");

    private IntervalText() {}

    /**
     * The interval as an ISO 8601 period of years to seconds.
     *
     * @throws Unfit when it has no end or the text is not an interval
     */
    static String iso(String text) throws Unfit {
        if (DateText.isInfinite(text)) {
            throw new Unfit(Unfit.Reason.OUT_OF_RANGE, "infinite interval");
        }
        Matcher parts = FORM.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw Unfit.malformed("text is not an interval");
        }
        boolean minus = "-".equals(parts.group(4));
        return "P" + number(parts.group(1), false) + "Y" + number(parts.group(2), false) + "M"
                + number(parts.group(3), false) + "DT" + number(parts.group(5), minus) + "H"
                + number(parts.group(6), minus) + "M" + number(parts.group(7), minus) + "S";
    }

    private static String number(@Nullable String digits, boolean minus) {
        BigDecimal number = digits == null ? BigDecimal.ZERO : new BigDecimal(digits).stripTrailingZeros();
        return (minus ? number.negate() : number).toPlainString();
    }
}
