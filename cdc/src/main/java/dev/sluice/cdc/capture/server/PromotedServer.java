package dev.sluice.cdc.capture.server;

import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Answers for a server that may have been promoted.
 *
 * @param database the server
 * @param connection a connection to the server; the caller closes it
 * @param timeline the timeline of the server
 */
public record PromotedServer(PostgresDatabase database, Connection connection, long timeline)
        implements ServerLine.Successor {

    /** The number of the newest transaction that ended, with its epoch, and the one with the given last 32 bits. */
    private static final String STATUS = "SELECT coalesce(pg_xact_status(CASE WHEN n >= ? THEN"
            + " (n - mod(n - ?, 4294967296))::text::xid8 END) = 'committed', false)"
            + " FROM (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::numeric - 1 AS n) AS newest";

    @Override
    public TimelineHistory history() throws SQLException {
        return TimelineHistory.read(database, timeline);
    }

    @Override
    public boolean isCommitted(long transaction) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STATUS)) {
            statement.setLong(1, transaction);
            statement.setLong(2, transaction);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
