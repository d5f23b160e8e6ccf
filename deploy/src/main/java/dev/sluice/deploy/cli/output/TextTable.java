package dev.sluice.deploy.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.text.WordUtils;
import org.jspecify.annotations.Nullable;

/**
 * Plain text for people: aligned columns, numbers to the right, control characters made visible. With the system
 * property {@code sluice.columns} the text fits a terminal of so many columns: the widest columns of a listing are cut,
 * the values of a sheet are wrapped. A column is never cut below 8 characters, and a number is never cut, so a listing
 * of many columns may still be too wide. One code point counts as one column of the terminal: East Asian wide
 * characters and combining marks are not measured.
 */
final class TextTable {

    private static final String COLUMNS = "sluice.columns";
    private static final String GAP = "  ";
    private static final String ELLIPSIS = "\u2026";
    private static final int NARROWEST = 8;

    private TextTable() {}

    static String render(Listing listing) {
        return render(listing, Integer.getInteger(COLUMNS, Integer.MAX_VALUE));
    }

    static String render(Sheet sheet) {
        return render(sheet, Integer.getInteger(COLUMNS, Integer.MAX_VALUE));
    }

    /** The listing, cut to that many columns where the floors of its columns allow it. */
    static String render(Listing listing, int limit) {
        List<String> titles = listing.columns().stream()
                .map(c -> c.replace('_', ' ').toUpperCase(Locale.ROOT))
                .toList();
        int[] widths = new int[titles.size()];
        int[] floors = new int[titles.size()];
        boolean[] numbers = new boolean[titles.size()];
        for (int c = 0; c < widths.length; c++) {
            int column = c;
            List<@Nullable Object> cells =
                    listing.rows().stream().map(row -> row.get(column)).toList();
            numbers[c] = !cells.isEmpty() && cells.stream().allMatch(Number.class::isInstance);
            widths[c] = Math.max(length(titles.get(c)), longest(cells));
            int longestNumber =
                    longest(cells.stream().filter(Number.class::isInstance).toList());
            floors[c] = numbers[c] ? widths[c] : Math.max(NARROWEST, longestNumber);
        }
        fit(widths, floors, limit);
        StringBuilder out = new StringBuilder(join(titles, widths, numbers));
        for (List<@Nullable Object> row : listing.rows()) {
            out.append(join(row.stream().map(TextTable::text).toList(), widths, numbers));
        }
        return out.toString();
    }

    /** The sheet, its values wrapped at blanks to that many columns. */
    static String render(Sheet sheet, int limit) {
        int width = sheet.values().keySet().stream()
                .mapToInt(TextTable::length)
                .max()
                .orElse(0);
        int room = Math.max(3 * NARROWEST, limit - width - GAP.length());
        String indent = "\n" + " ".repeat(width) + GAP;
        StringBuilder out = new StringBuilder();
        for (Map.Entry<String, @Nullable Object> entry : sheet.values().entrySet()) {
            String name = entry.getKey().replace('_', ' ');
            String value = text(entry.getValue());
            out.append(pad(name, width, false)).append(GAP);
            out.append(length(value) <= room ? value : WordUtils.wrap(value, room, indent, false))
                    .append('\n');
        }
        return out.toString();
    }

    /** Narrows the widest column by one until the line fits or no column is above its floor. */
    private static void fit(int[] widths, int[] floors, int limit) {
        int gaps = GAP.length() * (widths.length - 1);
        long excess = (long) Arrays.stream(widths).sum() + gaps - limit;
        for (; excess > 0; excess--) {
            int widest = IntStream.range(0, widths.length)
                    .filter(c -> widths[c] > floors[c])
                    .reduce(-1, (a, b) -> a < 0 || widths[b] > widths[a] ? b : a);
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private static String join(List<String> cells, int[] widths, boolean[] numbers) {
        List<String> padded = new ArrayList<>();
        for (int c = 0; c < widths.length; c++) {
            padded.add(pad(cut(cells.get(c), widths[c]), widths[c], numbers[c]));
        }
        return String.join(GAP, padded).stripTrailing() + "\n";
    }

    private static String cut(String text, int width) {
        return length(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + ELLIPSIS;
    }

    private static String pad(String text, int width, boolean right) {
        String blanks = " ".repeat(width - length(text));
        return right ? blanks + text : text + blanks;
    }

    private static int longest(List<@Nullable Object> cells) {
        return cells.stream().mapToInt(cell -> length(text(cell))).max().orElse(0);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
            return list.isEmpty() ? "-" : list.stream().map(TextTable::text).collect(Collectors.joining("; "));
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().map(TextTable::text).collect(Collectors.joining(" "));
        }
        return value == null ? "-" : value.toString().replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
