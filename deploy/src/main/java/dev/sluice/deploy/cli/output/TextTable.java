package dev.sluice.deploy.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain text for people: aligned columns, numbers to the right, control characters made visible. */
final class TextTable {

    private TextTable() {}

    static String render(Listing listing) {
        int width = listing.columns().size();
        List<String[]> lines = new ArrayList<>();
        lines.add(listing.columns().stream()
                .map(c -> c.replace('_', ' ').toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
        for (List<@Nullable Object> row : listing.rows()) {
            lines.add(row.stream().map(TextTable::text).toArray(String[]::new));
        }
        int[] widths = new int[width];
        boolean[] numbers = new boolean[width];
        for (int c = 0; c < width; c++) {
            int column = c;
            widths[c] = lines.stream().mapToInt(l -> l[column].length()).max().orElse(0);
            numbers[c] =
                    !listing.rows().isEmpty() && listing.rows().stream().allMatch(r -> r.get(column) instanceof Number);
        }
        StringBuilder out = new StringBuilder();
        for (String[] line : lines) {
            out.append(join(line, widths, numbers)).append('\n');
        }
        return out.toString();
    }

    static String render(Sheet sheet) {
        int width =
                sheet.values().keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (Map.Entry<String, @Nullable Object> entry : sheet.values().entrySet()) {
            String name = entry.getKey().replace('_', ' ');
            out.append(name).append(" ".repeat(width - name.length() + 2));
            out.append(text(entry.getValue())).append('\n');
        }
        return out.toString();
    }

    private static String join(String[] line, int[] widths, boolean[] numbers) {
        StringBuilder out = new StringBuilder();
        for (int c = 0; c < line.length; c++) {
            String pad = " ".repeat(widths[c] - line[c].length());
            out.append(numbers[c] ? pad + line[c] : line[c] + pad).append("  ");
        }
        return out.toString().stripTrailing();
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        return value.toString().replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
