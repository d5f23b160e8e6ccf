package dev.sluice.deploy.cli.output;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a list of rows with named columns.
 *
 * @param columns column names in order, in snake case
 * @param rows one list of values per row, as long as {@code columns}; a value is null, text, a number, a boolean, or a
 *     list or map of such
 */
public record Listing(List<String> columns, List<List<@Nullable Object>> rows) {

    public Listing {
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("row has " + row.size() + " values for " + columns.size());
            }
            copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copy);
    }

    /** Starts a listing of these columns. */
    public static Builder of(String... columns) {
        return new Builder(List.of(columns));
    }

    /** The rows as maps from column to value. */
    public List<Map<String, @Nullable Object>> objects() {
        return rows.stream().map(this::object).toList();
    }

    private Map<String, @Nullable Object> object(List<@Nullable Object> row) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            object.put(columns.get(i), row.get(i));
        }
        return object;
    }

    /** Collects rows. */
    public static final class Builder {
        private final List<String> columns;
        private final List<List<@Nullable Object>> rows = new ArrayList<>();

        private Builder(List<String> columns) {
            this.columns = columns;
        }

        /** Adds one row. */
        public Builder row(@Nullable Object... values) {
            List<@Nullable Object> row = new ArrayList<>();
            Collections.addAll(row, values);
            rows.add(row);
            return this;
        }

        /** The finished listing. */
        public Listing build() {
            return new Listing(columns, rows);
        }
    }
}
