package dev.sluice.cdc.capture.postgres;

/**
 * Says in which form a table is stored.
 *
 * @param id object id of the table; another one means that the table was made again
 * @param columns a text that changes with every change of a column
 * @param file number of the file that holds the rows
 */
public record TableForm(long id, String columns, long file) {

    /**
     * Whether the table was made again or its rows were written anew by a change of its columns. Such a rewrite is not
     * transactional: a snapshot from before sees an empty table (PostgreSQL documentation, "Caveats" of MVCC). TRUNCATE
     * and VACUUM change the file but no column.
     */
    public boolean isRewrittenSince(TableForm before) {
        return id != before.id || (file != before.file && !columns.equals(before.columns));
    }
}
