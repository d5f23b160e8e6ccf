package dev.sluice.cdc.capture.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a PostgreSQL catalog. Every method is one query and sees the state at the time of the call. Confined to one
 * thread, like its connection; the caller closes the connection.
 */
public final class SourceCatalog {
    private static final int PUBLISHES_GENERATED = 180_000;

    /** One text of every column of a table, in the order of the columns. */
    private static final String COLUMN_ARRAY = " ARRAY(SELECT %s FROM pg_attribute a WHERE a.attrelid = c.oid"
            + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum),";

    /** The name of a column that is a date when all domains are taken off, else null. */
    private static final String OF_DATE = "CASE WHEN (WITH RECURSIVE b(oid, base) AS (SELECT t.oid, t.typbasetype"
            + " FROM pg_type t WHERE t.oid = a.atttypid UNION ALL SELECT t.oid, t.typbasetype FROM b"
            + " JOIN pg_type t ON t.oid = b.base) SELECT oid FROM b WHERE base = 0) = 'date'::regtype"
            + " THEN a.attname::text END";

    /** The name of a column that is declared with several dimensions, else null. */
    private static final String NESTED = "CASE WHEN a.attndims > 1 THEN a.attname::text END";

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
                "SELECT oid::bigint, xmin::text, puballtables, pubinsert AND pubupdate AND pubdelete AND pubtruncate"
                        + " AND NOT pubviaroot"
                        + " FROM pg_publication WHERE pubname = ?",
                row -> new PublicationFacts(
                        row.getLong(1), row.getString(2), row.getBoolean(3), row.getBoolean(4), members),
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
        all(
                        sql,
                        row -> Map.entry(
                                new TableName(row.getString(1), row.getString(2)),
                                new PublicationFacts.Member(row.getLong(3), row.getBoolean(4))),
                        publication)
                .forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    /**
     * The tables that a pattern can match: permanent and unlogged ones, partitioned ones without their partitions.
     * Tables of the server, of extensions and of other servers are left out, and so are views and temporary tables.
     */
    public List<TableName> tables() throws SQLException {
        return all(
                "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND NOT c.relispartition"
                        + " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
                        + " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"
                        + " AND d.objid = c.oid AND d.deptype = 'e')",
                row -> new TableName(row.getString(1), row.getString(2)));
    }

    /** The table of that name, if it exists. */
    public Optional<TableFacts> table(TableName name) throws SQLException {
        return first(
                "SELECT c.relkind::text, c.relreplident::text,"
                        + " has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'),"
                        + " row_security_active(c.oid), c.relpersistence = 'p',"
                        + " c.relkind = 'r' AND EXISTS (SELECT 1 FROM pg_inherits h WHERE h.inhparent = c.oid),"
                        + COLUMN_ARRAY.formatted(TableFacts.COLUMN) + TableFacts.INDEXES
                        + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relname = ?",
                TableFacts::of,
                name.schema(),
                name.table());
    }

    /**
     * Which generated columns the changes of that publication hold; of a publication that does not exist, those of one
     * that {@link ReplicationObjects} makes.
     */
    public GeneratedColumns generatedColumns(String publication) throws SQLException {
        // The setting came with version 18; to_jsonb finds no such key before.
        return first(
                        "SELECT to_jsonb(p) ->> 'pubgencols' FROM pg_publication p WHERE pubname = ?",
                        row -> row.getString(1) == null
                                ? GeneratedColumns.NEVER
                                : row.getString(1).equals("s") ? GeneratedColumns.STORED : GeneratedColumns.NONE,
                        publication)
                .orElse(
                        Integer.parseInt(setting("server_version_num")) < PUBLISHES_GENERATED
                                ? GeneratedColumns.NEVER
                                : GeneratedColumns.STORED);
    }

    /**
     * The columns whose values are read in a way of their own, of each of these tables.
     *
     * @param keys the columns that the pipeline names as key, by table
     */
    public Map<TableName, ValueColumns> valueColumns(
            List<TableName> tables, String publication, Map<TableName, List<String>> keys) throws SQLException {
        GeneratedColumns log = generatedColumns(publication);
        Map<TableName, ValueColumns> columns = new TreeMap<>();
        for (TableName table : tables) {
            columns.put(table, valueColumns(table, log, keys.getOrDefault(table, List.of())));
        }
        return columns;
    }

    private ValueColumns valueColumns(TableName name, GeneratedColumns log, List<String> named) throws SQLException {
        Optional<TableFacts> facts = table(name);
        List<String> notInLog = facts.map(known -> known.missingIn(log)).orElse(List.of());
        List<String> key = facts.map(known -> known.toldKey(named)).orElse(List.of());
        return first(
                        "SELECT" + COLUMN_ARRAY.formatted(OF_DATE) + COLUMN_ARRAY.formatted(NESTED)
                                + COLUMN_ARRAY.formatted(ValueColumns.LABELS)
                                + " c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                                + " WHERE n.nspname = ? AND c.relname = ?",
                        row -> new ValueColumns(
                                notInLog,
                                present(row.getArray(1)),
                                present(row.getArray(2)),
                                present(row.getArray(3)),
                                key),
                        name.schema(),
                        name.table())
                .orElse(new ValueColumns(notInLog, List.of(), List.of(), List.of(), key));
    }

    private static List<String> present(Array names) throws SQLException {
        return Stream.of((String[]) names.getArray()).filter(Objects::nonNull).toList();
    }

    /** The form in which that table is stored, if it exists. */
    public Optional<TableForm> form(TableName name) throws SQLException {
        return first(TableForm.QUERY, TableForm::of, name.schema(), name.table());
    }

    /**
     * A text that changes when the publication, or what a change of these tables is published as, may have changed. One
     * query, whatever the number of tables.
     */
    public String outline(String publication, Collection<TableName> tables) throws SQLException {
        String sql = "SELECT concat_ws('; ',"
                + " (SELECT concat_ws(' ', p.oid, p.xmin) FROM pg_publication p WHERE p.pubname = ?),"
                + " (SELECT string_agg(concat_ws(' ', r.oid, r.xmin), ', ' ORDER BY r.oid) FROM pg_publication_rel r"
                + " JOIN pg_publication p ON p.oid = r.prpubid WHERE p.pubname = ?),"
                + " (SELECT string_agg(concat_ws(' ', c.oid, t.s, t.n, c.relreplident, c.relkind, c.relpersistence,"
                + " c.relfilenode, (SELECT y.xmin FROM pg_type y WHERE y.oid = c.reltype), (SELECT"
                + " sum(a.xmin::text::bigint) FROM pg_attribute a WHERE a.attrelid = c.oid),"
                + " row_security_active(c.oid), has_table_privilege(c.oid, 'SELECT'), (SELECT"
                + " string_agg(concat_ws(':', i.indexrelid, i.xmin), '+' ORDER BY i.indexrelid) FROM pg_index i"
                + " WHERE i.indrelid = c.oid AND i.indisunique),"
                + " EXISTS (SELECT FROM pg_inherits h WHERE h.inhparent = c.oid)), ', ' ORDER BY c.oid)"
                + " FROM unnest(?::text[], ?::text[]) AS t(s, n) JOIN pg_namespace m ON m.nspname = t.s"
                + " JOIN pg_class c ON c.relnamespace = m.oid AND c.relname = t.n))";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, publication);
            statement.setString(2, publication);
            statement.setArray(3, texts(tables.stream().map(TableName::schema).toArray()));
            statement.setArray(4, texts(tables.stream().map(TableName::table).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        }
    }

    private Array texts(Object[] texts) throws SQLException {
        return connection.createArrayOf("text", texts);
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
        return all(sql, reading, parameters).stream().findFirst();
    }

    private <T> List<T> all(String sql, Reading<T> reading, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<T> all = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(reading.from(rows));
                }
            }
            return all;
        }
    }
}
