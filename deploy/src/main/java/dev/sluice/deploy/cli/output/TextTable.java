package dev.sluice.deploy.cli.output;

import dev.sluice.cdc.finding.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plain text for people. With the system property {@code sluice.columns} the text fits a terminal of so many columns;
 * without the property every listing is one table. No value is cut: what does not fit is wrapped in its column, and a
 * listing whose words do not fit side by side has a line for each field instead.
 */
final class TextTable {

    private static final String COLUMNS = "sluice.columns";
    private static final int NARROWEST = 16;
    private static final String INDENT = "  ";

    private TextTable() {}

    /** The columns of the terminal; as many as there can be when the text goes elsewhere. */
    static int columns() {
        return Integer.getInteger(COLUMNS, Integer.MAX_VALUE);
    }

    /** The listing as a table; as one block for each row where a table would be too wide. */
    static String render(Listing listing, int limit) {
        Grid grid = new Grid(listing);
        if (grid.fit(limit)) {
            return grid.text();
        }
        return listing.rows().isEmpty()
                ? Wrapped.lines(grid.text().strip(), limit).stream()
                        .map(line -> line.strip() + "\n")
                        .collect(Collectors.joining())
                : listing.objects().stream()
                        .map(row -> render(new Sheet(row), limit))
                        .collect(Collectors.joining("\n"));
    }

    /** The listing as a table; with a column for each row where the table would be too wide. */
    static String compared(Listing listing, int limit) {
        Grid grid = new Grid(listing);
        return grid.width() <= limit || listing.rows().isEmpty()
                ? render(listing, limit)
                : new Transposed(listing, limit).text();
    }

    /** The findings as a table; as one block for each where the table would be too wide. */
    static String findings(List<Finding> findings, Listing listing, int limit) {
        return new Grid(listing).width() <= limit
                ? render(listing, limit)
                : findings.stream().map(finding -> block(finding, limit)).collect(Collectors.joining());
    }

    private static String block(Finding finding, int limit) {
        String level = Wrapped.pad(finding.level().name(), 4, false) + INDENT;
        List<String> lines = new ArrayList<>(List.of(finding.code() + INDENT + finding.place(), finding.what()));
        if (!finding.fix().isEmpty()) {
            lines.add("Fix: " + finding.fix());
        }
        String gap = " ".repeat(level.length());
        return lines.stream()
                .map(CellText::of)
                .flatMap(line -> Wrapped.lines(line, Math.max(NARROWEST, limit - level.length())).stream())
                .collect(Collectors.joining("\n" + gap, level, "\n"));
    }

    /** The sheet, a line for each value; a long value is wrapped at blanks beside its name, or stands below it. */
    static String render(Sheet sheet, int limit) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> entry : sheet.values().entrySet()) {
            texts.put(CellText.name(entry.getKey()), CellText.of(entry.getValue()));
        }
        int width = texts.keySet().stream().mapToInt(Wrapped::length).max().orElse(0);
        int room = Math.max(NARROWEST, limit - width - INDENT.length());
        StringBuilder out = new StringBuilder();
        texts.forEach((name, value) -> out.append(entry(name, value, width, room, limit)));
        return out.toString();
    }

    private static String entry(String name, String value, int width, int room, int limit) {
        boolean below = Wrapped.longestWord(value) > room;
        String beside = Wrapped.pad(name, width, false) + INDENT;
        List<String> lines = Wrapped.lines(value, below ? Math.max(room, limit - INDENT.length()) : room);
        String gap = below ? INDENT : " ".repeat(beside.length());
        String head = below ? name + "\n" + INDENT : beside;
        return head + String.join("\n" + gap, lines) + "\n";
    }
}
