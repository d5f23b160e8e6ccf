package dev.sluice.deploy.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A listing with a line for each field and a column for each row, for rows with many fields that are compared with each
 * other. Rows that do not fit beside each other follow below. Long values are wrapped in their column.
 */
final class Transposed {

    private static final int NARROWEST = 8;

    private final List<String> names;
    private final List<List<String>> rows;
    private final int margin;
    private final int room;

    Transposed(Listing listing, int limit) {
        this.names = listing.columns().stream().map(CellText::name).toList();
        this.rows = listing.rows().stream()
                .map(row -> row.stream().map(CellText::of).toList())
                .toList();
        int longest = names.stream().mapToInt(Wrapped::length).max().orElse(0);
        this.margin = Math.min(longest, Math.max(NARROWEST, limit / 3));
        this.room = Math.max(NARROWEST, limit - margin - Wrapped.GAP.length());
    }

    /** All rows, in groups that fit beside each other. */
    String text() {
        List<String> groups = new ArrayList<>();
        int done = 0;
        while (done < rows.size()) {
            int end = done + 1;
            while (end < rows.size() && width(rows.subList(done, end + 1)) <= room) {
                end++;
            }
            groups.add(group(rows.subList(done, end)));
            done = end;
        }
        return String.join("\n", groups);
    }

    private int width(List<List<String>> group) {
        return group.stream().mapToInt(this::columnOf).sum() + Wrapped.GAP.length() * (group.size() - 1);
    }

    /** The width of a row's column: two rows fit beside each other, whatever their values are. */
    private int columnOf(List<String> row) {
        int longest = row.stream().mapToInt(Wrapped::length).max().orElse(0);
        int half = (room - Wrapped.GAP.length()) / 2;
        return rows.size() == 1 ? Math.min(longest, room) : Math.min(longest, Math.max(NARROWEST, half));
    }

    private String group(List<List<String>> group) {
        int[] widths = IntStream.concat(IntStream.of(margin), group.stream().mapToInt(this::columnOf))
                .toArray();
        StringBuilder out = new StringBuilder();
        for (int field = 0; field < names.size(); field++) {
            List<String> cells = new ArrayList<>(List.of(names.get(field)));
            for (List<String> row : group) {
                cells.add(row.get(field));
            }
            out.append(Wrapped.beside(cells, widths, new boolean[widths.length]));
        }
        return out.toString();
    }
}
