package dev.sluice.deploy.cli.output;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A listing as aligned columns, numbers to the right. Texts are wrapped in their column where the width is short. */
final class Grid {

    /** A column of longer texts is not made narrower for the sake of the others. */
    private static final int NARROWEST = 16;

    private final List<String> titles;
    private final List<List<String>> rows;
    private final boolean[] numbers;
    private final int[] widths;

    Grid(Listing listing) {
        this.titles = listing.columns().stream()
                .map(column -> CellText.name(column).toUpperCase(Locale.ROOT))
                .toList();
        this.rows = listing.rows().stream()
                .map(row -> row.stream().map(CellText::of).toList())
                .toList();
        this.numbers = new boolean[titles.size()];
        this.widths = new int[titles.size()];
        for (int c = 0; c < widths.length; c++) {
            int column = c;
            List<@Nullable Object> cells =
                    listing.rows().stream().map(row -> row.get(column)).toList();
            numbers[c] = !cells.isEmpty() && cells.stream().allMatch(Number.class::isInstance);
            widths[c] = lines().mapToObj(i -> text(i, column))
                    .mapToInt(Wrapped::length)
                    .max()
                    .orElse(0);
        }
    }

    /** The columns that a line takes now. */
    long width() {
        return Arrays.stream(widths).asLongStream().sum() + (long) Wrapped.GAP.length() * (widths.length - 1);
    }

    /** Makes the columns narrower until a line fits; false when that would break words, and nothing is changed. */
    boolean fit(int limit) {
        int[] narrow = widths.clone();
        long excess = width() - limit;
        int[] floors = IntStream.range(0, narrow.length).map(this::floor).toArray();
        for (; excess > 0; excess--) {
            int widest = IntStream.range(0, narrow.length)
                    .filter(c -> narrow[c] > floors[c])
                    .reduce(-1, (a, b) -> a < 0 || narrow[b] > narrow[a] ? b : a);
            if (widest < 0) {
                return false;
            }
            narrow[widest]--;
        }
        System.arraycopy(narrow, 0, widths, 0, narrow.length);
        return true;
    }

    /** The titles and the rows. */
    String text() {
        StringBuilder out = new StringBuilder(Wrapped.beside(titles, widths, numbers));
        rows.forEach(row -> out.append(Wrapped.beside(row, widths, numbers)));
        return out.toString();
    }

    /** No word is broken, and a column of texts keeps some width. */
    private int floor(int c) {
        int word = lines().mapToObj(row -> text(row, c))
                .mapToInt(Wrapped::longestWord)
                .max()
                .orElse(0);
        int longest = lines().skip(1)
                .mapToObj(row -> text(row, c))
                .mapToInt(Wrapped::length)
                .max()
                .orElse(0);
        return Math.max(word, Math.min(longest, NARROWEST));
    }

    /** The rows, -1 for the titles. */
    private IntStream lines() {
        return IntStream.range(-1, rows.size());
    }

    private String text(int row, int column) {
        return row < 0 ? titles.get(column) : rows.get(row).get(column);
    }
}
