package dev.sluice.cdc.capture.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a PostgreSQL catalog. Every method is one query and sees the state at the time of the call. Confined to one
 * thread, like its connection; the caller closes the connection.
 */
public final class SourceCatalog {
    private final Connection connection;

    public SourceCatalog(Connection connection) {
        this.connection = connection;
    }

    /** The server and the database that the connection reaches. */
    public ServerFacts server() throws SQLException {
        return only(
                "SELECT system_identifier::text,"
                        + " ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint,"
                        + " (SELECT oid::bigint FROM pg_database WHERE datname = current_database()),"
                        + " pg_current_wal_lsn()::text FROM pg_control_system()",
                row -> new ServerFacts(row.getString(1), row.getLong(2), row.getLong(3), Lsn.parse(row.getString(4))));
    }

    /** The connected role. */
    public RoleFacts role() throws SQLException {
        return only(
                "SELECT rolname, rolsuper, rolreplication,"
                        + " has_database_privilege(current_database(), 'CREATE')"
                        + " FROM pg_roles WHERE rolname = current_user",
                row -> new RoleFacts(row.getString(1), row.getBoolean(2), row.getBoolean(3), row.getBoolean(4)));
    }

    /** A server setting, for example {@code wal_level}. */
    public String setting(String name) throws SQLException {
        return only("SELECT current_setting(?)", row -> row.getString(1), name);
    }

    /** How many replication slots exist. */
    public int slots() throws SQLException {
        return only("SELECT count(*) FROM pg_replication_slots", row -> row.getInt(1));
    }

    /** How many WAL senders run. */
    public int senders() throws SQLException {
        return only("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'walsender'", row -> row.getInt(1));
    }

    /** The slot of that name, if it exists. */
    public Optional<SlotFacts> slot(String name) throws SQLException {
        return first(
                "SELECT coalesce(plugin, ''), coalesce(database, ''), restart_lsn::text, confirmed_flush_lsn::text,"
                        + " active_pid, coalesce(wal_status, ''),"
                        + " coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::bigint,"
                        + " coalesce(safe_wal_size, -1) FROM pg_replication_slots WHERE slot_name = ?",
                SourceCatalog::slotOf,
                name);
    }

    private static SlotFacts slotOf(ResultSet row) throws SQLException {
        int holder = row.getInt(5);
        Optional<Integer> pid = row.wasNull() ? Optional.empty() : Optional.of(holder);
        return new SlotFacts(
                row.getString(1),
                row.getString(2),
                Lsn.ofNullable(row.getString(3)),
                Lsn.ofNullable(row.getString(4)),
                pid,
                new SlotFacts.Retention(row.getString(6), row.getLong(7), row.getLong(8)));
    }

    /** The publication of that name, if it exists. */
    public Optional<PublicationFacts> publication(String name) throws SQLException {
        Map<TableName, PublicationFacts.Member> members = members(name);
        return first(
                "SELECT oid::bigint, puballtables, pubinsert AND pubupdate AND pubdelete AND pubtruncate"
                        + " AND NOT pubviaroot"
                        + " FROM pg_publication WHERE pubname = ?",
                row -> new PublicationFacts(row.getLong(1), row.getBoolean(2), row.getBoolean(3), members),
                name);
    }

    private Map<TableName, PublicationFacts.Member> members(String publication) throws SQLException {
        // Row filters and column lists came with version 15; to_jsonb finds no such key before.
        String sql = "SELECT n.nspname, c.relname, r.oid::bigint,"
                + " (to_jsonb(r) ->> 'prqual') IS NULL AND (to_jsonb(r) ->> 'prattrs') IS NULL"
                + " FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid"
                + " JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE p.pubname = ?";
        Map<TableName, PublicationFacts.Member> members = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, publication);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    members.put(
                            new TableName(rows.getString(1), rows.getString(2)),
                            new PublicationFacts.Member(rows.getLong(3), rows.getBoolean(4)));
                }
            }
        }
        return members;
    }

    /** The table of that name, if it exists. */
    public Optional<TableFacts> table(TableName name) throws SQLException {
        return first(
                "SELECT c.relkind::text, EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary),"
                        + " c.relreplident::text,"
                        + " has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'),"
                        + " ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid"
                        + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)"
                        + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relname = ?",
                SourceCatalog::tableOf,
                name.schema(),
                name.table());
    }

    private static TableFacts tableOf(ResultSet row) throws SQLException {
        Array columns = row.getArray(5);
        return new TableFacts(
                row.getString(1), row.getBoolean(2), row.getString(3), row.getBoolean(4), List.of((String[])
                        columns.getArray()));
    }

    /** Whether the role owns the table, as adding it to a publication needs. */
    public boolean owns(TableName table) throws SQLException {
        return first(
                        "SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class c"
                                + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                                + " WHERE n.nspname = ? AND c.relname = ?",
                        row -> row.getBoolean(1),
                        table.schema(),
                        table.table())
                .orElse(false);
    }

    private interface Reading<T> {
        T from(ResultSet row) throws SQLException;
    }

    private <T> T only(String sql, Reading<T> reading, String... parameters) throws SQLException {
        return first(sql, reading, parameters)
                .orElseThrow(() -> new SQLException("The catalog of the server returned no row."));
    }

    private <T> Optional<T> first(String sql, Reading<T> reading, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(reading.from(rows)) : Optional.empty();
            }
        }
    }
}
