package dev.sluice.cdc.capture.server;

import dev.sluice.cdc.capture.postgres.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;

/** Finds how many rows a snapshot may hold in memory at once, because the driver holds whole rows of any width. */
public final class SnapshotRows {
    /** The most rows that are fetched at once. */
    public static final int MOST = 1024;

    private static final long BYTES = 8 << 20;
    private static final int HEAD = 50;
    private static final int SAMPLE = 200;

    private SnapshotRows() {}

    /** The number of rows to fetch at once, by the widest row of samples of the tables. */
    public static int fetchedAtOnce(Connection connection, Collection<TableName> tables) throws SQLException {
        long widest = 0;
        try (Statement statement = connection.createStatement()) {
            for (TableName table : tables) {
                widest = Math.max(widest, widest(statement, table));
            }
        }
        return forWidth(widest);
    }

    static int forWidth(long widest) {
        return (int) Math.max(1, Math.min(MOST, BYTES / Math.max(1, widest)));
    }

    /** The first rows and rows of pages all over the table: old and new rows of a table can differ in width. */
    private static long widest(Statement statement, TableName table) throws SQLException {
        String sql = "SELECT coalesce(max(octet_length(s::text)), 0) FROM ((SELECT * FROM " + table.quoted() + " LIMIT "
                + HEAD + ") UNION ALL (SELECT * FROM " + table.quoted() + " TABLESAMPLE SYSTEM ("
                + percent(statement, table)
                + ") LIMIT " + SAMPLE + ")) s";
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static double percent(Statement statement, TableName table) throws SQLException {
        String sql = "SELECT least(100, 100.0 * " + SAMPLE + " / greatest(1, pg_relation_size('"
                + table.quoted().replace("'", "''") + "'::regclass) / current_setting('block_size')::int))";
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getDouble(1) : 100;
        }
    }
}
