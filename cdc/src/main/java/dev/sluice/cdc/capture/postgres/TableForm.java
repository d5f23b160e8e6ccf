package dev.sluice.cdc.capture.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Says in which form a table is stored.
 *
 * @param id object id of the table; another one means that the table was made again
 * @param columns a text that changes with every change of a column
 * @param file number of the file that holds the rows
 * @param naming a text that changes when the table gets another name, schema or owner, also when the table gets the
 *     same
 *     one back: the server writes the row of a table's type for these and for no other change of the table
 */
public record TableForm(long id, String columns, long file, String naming) {

    static TableForm of(ResultSet row) throws SQLException {
        return new TableForm(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4));
    }

    /**
     * Whether the table was made again or its rows were written anew by a change of its columns. Such a rewrite is not
     * transactional: a snapshot from before sees an empty table (PostgreSQL documentation, "Caveats" of MVCC). TRUNCATE
     * and VACUUM change the file but no column.
     */
    public boolean isRewrittenSince(TableForm before) {
        return id != before.id || (file != before.file && !columns.equals(before.columns));
    }
}
