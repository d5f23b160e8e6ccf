package dev.sluice.cdc.capture.server;

import dev.sluice.cdc.capture.postgres.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds how many rows a snapshot may hold in memory at once, because the driver holds whole rows of any width. */
public final class SnapshotRows {
    /** The most rows that are fetched at once. */
    public static final int MOST = 1024;

    private static final long BYTES = 8 << 20;
    private static final int HEAD = 50;
    private static final int SAMPLE = 200;
    private static final int SECONDS = 10;

    /** Width of a row of a table that could not be sampled: few rows at once, yet not one by one. */
    private static final long UNKNOWN = 1 << 20;

    /** A query was cancelled for its time, or for waiting for a lock. */
    private static final Set<String> TOO_SLOW = Set.of("57014", "55P03");

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotRows.class);

    private SnapshotRows() {}

    /**
     * The number of rows to fetch at once, by the widest row of samples of the tables. A table that cannot be sampled
     * in time, for example because it is full of dead rows, counts as one with wide rows.
     */
    public static int fetchedAtOnce(Connection connection, Collection<TableName> tables) throws SQLException {
        long widest = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(SECONDS);
            for (TableName table : tables) {
                widest = Math.max(widest, widest(statement, table));
            }
        }
        return forWidth(widest);
    }

    private static long widest(Statement statement, TableName table) throws SQLException {
        try {
            return sampled(statement, table);
        } catch (SQLException e) {
            if (!TOO_SLOW.contains(e.getSQLState())) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("table", table)
                    .addKeyValue("sqlstate", e.getSQLState())
                    .log("No sample of the rows of the table came in time. The snapshot fetches few rows at once.");
            return UNKNOWN;
        }
    }

    static int forWidth(long widest) {
        return (int) Math.max(1, Math.min(MOST, BYTES / Math.max(1, widest)));
    }

    /** The first rows and rows of pages all over the table: old and new rows of a table can differ in width. */
    private static long sampled(Statement statement, TableName table) throws SQLException {
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
