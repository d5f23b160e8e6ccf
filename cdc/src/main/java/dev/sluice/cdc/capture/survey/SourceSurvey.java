package dev.sluice.cdc.capture.survey;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.access.DatabaseTls;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.survey.ColumnTypes.ServerType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the tables of a PostgreSQL database in one read-only transaction: queries of the catalog only, no row of a
 * table. Tables of the server itself are left out. Confined to one thread.
 */
public final class SourceSurvey {

    private static final String USER_SCHEMA = "n.nspname <> 'information_schema' AND n.nspname <> 'pg_catalog'"
            + " AND n.nspname NOT LIKE 'pg\\_toast%' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";

    private static final String TABLES = "SELECT c.oid::bigint, n.nspname, c.relname, c.relkind::text,"
            + " c.relpersistence::text, coalesce(e.extname, ''), c.relreplident::text, c.reltuples::bigint,"
            + " coalesce(obj_description(c.oid, 'pg_class'), ''), rn.nspname, r.relname,"
            + " c.relkind = 'r' AND EXISTS (SELECT 1 FROM pg_inherits h WHERE h.inhparent = c.oid)"
            + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'"
            + " LEFT JOIN pg_extension e ON e.oid = d.refobjid"
            + " LEFT JOIN pg_class r ON c.relispartition AND r.oid = pg_partition_root(c.oid)"
            + " LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace WHERE " + USER_SCHEMA;

    private static final String COLUMNS = "SELECT c.oid::bigint, a.attname, format_type(a.atttypid, a.atttypmod),"
            + " NOT (a.attnotnull OR t.typnotnull), coalesce(col_description(c.oid, a.attnum), ''),"
            + " coalesce(el.typname, b.typname, t.typname), coalesce(el.typtype, b.typtype, t.typtype)::text,"
            + " el.oid IS NOT NULL, CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END,"
            + " coalesce(array_position((i.indkey::smallint[])[0:i.indnkeyatts - 1], a.attnum), -1)"
            + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            + " JOIN pg_type t ON t.oid = a.atttypid"
            + " LEFT JOIN pg_type b ON t.typtype = 'd' AND b.oid = t.typbasetype"
            + " LEFT JOIN pg_type el ON coalesce(b.typcategory, t.typcategory) = 'A'"
            + " AND el.oid = coalesce(b.typelem, t.typelem) AND a.attndims < 2"
            + " LEFT JOIN LATERAL (SELECT x.indkey, x.indnkeyatts FROM pg_index x WHERE x.indrelid = c.oid"
            + " AND x.indisvalid AND x.indimmediate AND (x.indisprimary OR x.indisreplident AND c.relreplident = 'i')"
            + " ORDER BY x.indisprimary DESC LIMIT 1) i ON true"
            + " WHERE " + USER_SCHEMA
            + " ORDER BY c.oid, a.attnum";

    /** A key that points to a partitioned table also points to each of its partitions; those copies are left out. */
    private static final String FOREIGN_KEYS = "SELECT k.conrelid::bigint, n.nspname, c.relname,"
            + " ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u(num, at)"
            + " JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num ORDER BY u.at),"
            + " ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u(num, at)"
            + " JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num ORDER BY u.at)"
            + " FROM pg_constraint k JOIN pg_class c ON c.oid = k.confrelid"
            + " JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE k.contype = 'f' AND NOT (c.relispartition AND k.conparentid <> 0) ORDER BY k.conname";

    private final Statement statement;
    private final Map<Long, List<SurveyedColumn>> columns = new HashMap<>();
    private final Map<Long, TreeMap<Integer, String>> keys = new HashMap<>();
    private final Map<Long, List<ForeignKey>> foreignKeys = new HashMap<>();

    private SourceSurvey(Statement statement) {
        this.statement = statement;
    }

    /**
     * Every table of the database by name, with those that cannot be captured.
     *
     * @throws CaptureException {@code CDC-239} when the database does not answer
     */
    public static List<SurveyedTable> read(PostgresDatabase database) {
        try (Connection connection = database.connect()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                SourceSurvey survey = new SourceSurvey(statement);
                survey.readColumns();
                survey.readForeignKeys();
                List<SurveyedTable> tables = survey.tables();
                connection.rollback();
                return tables;
            }
        } catch (SQLException e) {
            throw unanswered(database, e);
        }
    }

    private static CaptureException unanswered(PostgresDatabase database, SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "none");
        String todo = "Start the server, or correct host and port.";
        Optional<String> unproven = DatabaseTls.refusal(failure);
        if (unproven.isPresent()) {
            todo = "It did not prove its identity: " + unproven.get() + ". Correct the address, or name the certificate"
                    + " of its authority with --root-certificate.";
        } else if (state.startsWith("28")) {
            todo = "Correct the role or its password, or pg_hba.conf of the server.";
        } else if (state.startsWith("3D")) {
            todo = "Correct the name of the database.";
        }
        return new CaptureException(
                "CDC-239",
                "The database " + database.address() + " did not answer the survey of its tables (SQLSTATE " + state
                        + "). Nothing was changed. " + todo,
                true,
                failure);
    }

    private void readColumns() throws SQLException {
        try (ResultSet row = statement.executeQuery(COLUMNS)) {
            while (row.next()) {
                long table = row.getLong(1);
                ServerType type = new ServerType(row.getString(6), row.getString(7), row.getBoolean(8), row.getInt(9));
                columns.computeIfAbsent(table, t -> new ArrayList<>())
                        .add(new SurveyedColumn(
                                row.getString(2),
                                row.getString(3),
                                ColumnTypes.of(type),
                                row.getBoolean(4),
                                row.getString(5)));
                int inKey = row.getInt(10);
                if (inKey >= 0) {
                    keys.computeIfAbsent(table, t -> new TreeMap<>()).put(inKey, row.getString(2));
                }
            }
        }
    }

    private void readForeignKeys() throws SQLException {
        try (ResultSet row = statement.executeQuery(FOREIGN_KEYS)) {
            while (row.next()) {
                foreignKeys
                        .computeIfAbsent(row.getLong(1), t -> new ArrayList<>())
                        .add(new ForeignKey(
                                texts(row, 4), new TableName(row.getString(2), row.getString(3)), texts(row, 5)));
            }
        }
    }

    private List<SurveyedTable> tables() throws SQLException {
        TreeMap<TableName, SurveyedTable> tables = new TreeMap<>();
        try (ResultSet row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                SurveyedTable table = table(row);
                tables.put(table.name(), table);
            }
        }
        return List.copyOf(tables.values());
    }

    private SurveyedTable table(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        TableName name = new TableName(row.getString(2), row.getString(3));
        String whole = row.getString(11);
        TableStructure structure = new TableStructure(
                List.copyOf(keys.getOrDefault(id, new TreeMap<>()).values()),
                row.getString(7),
                whole == null ? null : new TableName(row.getString(10), whole),
                row.getLong(8),
                row.getString(9));
        List<SurveyedColumn> its = columns.getOrDefault(id, List.of());
        Obstacles.Relation relation =
                new Obstacles.Relation(row.getString(4), row.getString(5), row.getString(6), row.getBoolean(12));
        return new SurveyedTable(
                name,
                structure,
                its,
                foreignKeys.getOrDefault(id, List.of()),
                Obstacles.of(
                        name,
                        relation,
                        structure,
                        its.stream().map(SurveyedColumn::name).toList()));
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
