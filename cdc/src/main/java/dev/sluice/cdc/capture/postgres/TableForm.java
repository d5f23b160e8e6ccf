package dev.sluice.cdc.capture.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Says in which form a table is stored.
 *
 * @param id object id of the table; another one means that the table was made again
 * @param columns a text that changes with every change of a column
 * @param file number of the file that holds the rows
 * @param naming tells whether the table has had another name
 */
public record TableForm(long id, String columns, long file, Naming naming) {

    /**
     * Tells whether a table has had another name. The server writes the row of a table's type whenever it gives the
     * table another name, schema or owner, and for no other change of the table. It writes the row of a schema for
     * another name, owner or rights.
     *
     * @param table a text that changes when the table gets another name, schema or owner, also when it gets the same
     *     one back
     * @param schema the same for the name, the owner and the rights of its schema
     * @param rights a text that differs when owner or rights of the schema differ
     */
    public record Naming(String table, String schema, String rights) {

        /**
         * Whether the table may have had another name since that time. A schema whose rights were changed counts as
         * one that kept its name: the server does not tell the two apart.
         */
        public boolean isRenamedSince(Naming before) {
            return !table.equals(before.table) || (!schema.equals(before.schema) && rights.equals(before.rights));
        }
    }

    static TableForm of(ResultSet row) throws SQLException {
        Naming naming = new Naming(row.getString(4), row.getString(5), row.getString(6));
        return new TableForm(row.getLong(1), row.getString(2), row.getLong(3), naming);
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
