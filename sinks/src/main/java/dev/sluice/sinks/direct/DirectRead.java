package dev.sluice.sinks.direct;

import io.delta.kernel.data.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the files of a table that hold a matching row, and keeps the rows of these files for a commit that replaces
 * some of the rows. Not thread-safe.
 */
public final class DirectRead {

    private final DirectTable table;
    private final DirectTable.Loading loading;
    private final List<String> probe;

    private DirectRead(DirectTable table, DirectTable.Loading loading, List<String> probe) {
        this.table = table;
        this.loading = loading;
        this.probe = probe;
    }

    /**
     * Reads every file that has a row whose probe columns match.
     *
     * @param columns the columns that rows are to have
     * @param probe names of text columns
     * @param match tests the texts of the probe columns
     */
    public static DirectRead of(
            DirectTable table, StructType columns, List<String> probe, Predicate<List<String>> match) {
        int[] all = new int[probe.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return new DirectRead(table, table.load(columns, probe, row -> match.test(texts(row, all))), probe);
    }

    /** The rows that match, in Spark's form. */
    public List<org.apache.spark.sql.Row> rows(Predicate<List<String>> match) {
        int[] at = positions(probe);
        List<org.apache.spark.sql.Row> rows = new ArrayList<>();
        for (StoredFile.Loaded file : loading.files()) {
            for (Row row : file.rows()) {
                if (match.test(texts(row, at))) {
                    rows.add(DirectRows.toSpark(row));
                }
            }
        }
        return rows;
    }

    /** The files that hold a row to replace, and of these the rows that stay. */
    Kept without(List<String> identity, Set<List<String>> gone) {
        int[] at = positions(identity);
        List<StoredFile> touched = new ArrayList<>();
        List<Row> staying = new ArrayList<>();
        Set<StoredFile> untouched = new HashSet<>(table.files());
        for (StoredFile.Loaded file : loading.files()) {
            List<Row> left = file.rows().stream()
                    .filter(row -> !gone.contains(texts(row, at)))
                    .toList();
            if (left.size() < file.rows().size()) {
                touched.add(file.file());
                untouched.remove(file.file());
                staying.addAll(left);
            }
        }
        return new Kept(touched, staying, List.copyOf(untouched));
    }

    /**
     * Lists the files that a replacement removes and keeps.
     *
     * @param touched files to remove
     * @param rows their rows that stay
     * @param untouched the other files
     */
    record Kept(List<StoredFile> touched, List<Row> rows, List<StoredFile> untouched) {}

    /** The table that was read. */
    public DirectTable table() {
        return table;
    }

    private int[] positions(List<String> names) {
        return names.stream().mapToInt(loading.schema()::indexOf).toArray();
    }

    private static List<String> texts(Row row, int[] at) {
        List<String> texts = new ArrayList<>(at.length);
        for (int column : at) {
            // A null has no text of its own; no key or name is empty.
            texts.add(row.isNullAt(column) ? "" : row.getString(column));
        }
        return texts;
    }
}
