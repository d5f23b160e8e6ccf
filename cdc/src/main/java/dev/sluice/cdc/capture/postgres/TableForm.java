package dev.sluice.cdc.capture.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * Says in which form a table is stored.
 *
 * @param id object id of the table; another one means that the table was made again
 * @param columns a text that changes with every change of a column
 * @param file number of the file that holds the rows
 * @param naming a text that changes when the table gets another name, schema or owner, also when the table gets the
 *     same one back: the server writes the row of a table's type for these and for no other change of the table
 * @param filled numbers of the columns whose default stands for a value that older rows do not store
 */
public record TableForm(long id, String columns, long file, String naming, List<Integer> filled) {

    public TableForm {
        filled = List.copyOf(filled);
    }

    /** The form of a table that does not exist. */
    public static TableForm none() {
        return new TableForm(0, "", 0, "", List.of());
    }

    static TableForm of(ResultSet row) throws SQLException {
        List<Integer> filled = Arrays.stream(row.getString(5).split(","))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();
        return new TableForm(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4), filled);
    }

    /**
     * Whether the table was made again or its rows were written anew by a change of its columns. Such a rewrite is not
     * transactional: a snapshot from before sees an empty table (PostgreSQL documentation, "Caveats" of MVCC). TRUNCATE
     * and VACUUM change the file but no column.
     */
    public boolean isRewrittenSince(TableForm before) {
        return id != before.id || (file != before.file && !columns.equals(before.columns));
    }

    /**
     * Whether a change of the columns of this table gave rows other values since, for which the log has no record: the
     * rows were written anew, or a new column has a default that stands for the value of older rows.
     */
    public boolean hasOtherRowsThan(TableForm before) {
        return id == before.id && (isRewrittenSince(before) || !before.filled.containsAll(filled));
    }
}
