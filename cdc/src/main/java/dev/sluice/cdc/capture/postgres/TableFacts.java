package dev.sluice.cdc.capture.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Describes a table as the server shows it to the connected role.
 *
 * @param kind pg_class.relkind: r table, p partitioned table, v view and so on
 * @param key its primary key
 * @param identity replica identity: d default, f full, i index, n nothing
 * @param rows how its rows are read and logged
 * @param columns its columns in order
 */
public record TableFacts(String kind, PrimaryKey key, String identity, RowAccess rows, List<Column> columns) {

    public TableFacts {
        columns = List.copyOf(columns);
    }

    /** Tells primary keys by when the server checks them. */
    public enum PrimaryKey {
        /** There is no primary key. */
        NONE,
        /** The server checks the key at the end of a transaction, or may, and takes it for no replica identity. */
        DEFERRABLE,
        /** The key is checked at once. */
        IMMEDIATE
    }

    /**
     * Describes how the rows of a table are read and logged.
     *
     * @param readable whether the role may select from the table
     * @param filtered whether row-level security hides rows of the table from the role
     * @param logged whether changes are written to the log
     * @param inherited whether reading the table also reads tables that inherit from it
     */
    public record RowAccess(boolean readable, boolean filtered, boolean logged, boolean inherited) {}

    /**
     * Describes a column.
     *
     * @param name its name
     * @param generated pg_attribute.attgenerated: empty for an ordinary column, s stored, v virtual
     * @param inKey whether it is part of the primary key
     */
    public record Column(String name, String generated, boolean inKey) {

        boolean isMissingIn(GeneratedColumns log) {
            return generated.equals("v") || (generated.equals("s") && log != GeneratedColumns.STORED);
        }
    }

    /** The names of its columns in order. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The names of columns that differ from an earlier column in upper and lower case only. */
    public List<String> alike() {
        Set<String> lower = new HashSet<>();
        return names().stream()
                .filter(name -> !lower.add(name.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** The names of columns that stand in quotation marks, which the engine takes off the name of a logged change. */
    public List<String> inQuotes() {
        return names().stream()
                .filter(name -> name.matches("(?s)\".*\"|'.*'|`.*`"))
                .toList();
    }

    /** The names of the columns that a snapshot would read and that no logged change holds. */
    public List<String> missingIn(GeneratedColumns log) {
        return columns.stream()
                .filter(column -> column.isMissingIn(log))
                .map(Column::name)
                .toList();
    }

    /**
     * The names of the columns that tell a changed row from others and that no logged change holds. From version 18 on
     * the server then refuses every UPDATE and DELETE on the table once it is published.
     */
    public List<String> identityMissingIn(GeneratedColumns log) {
        boolean whole = identity.equals("f") && log != GeneratedColumns.NEVER;
        return columns.stream()
                .filter(column -> (whole || column.inKey()) && column.isMissingIn(log))
                .map(Column::name)
                .toList();
    }

    /** The facts in a row of {@link SourceCatalog#table}. */
    static TableFacts of(ResultSet row) throws SQLException {
        PrimaryKey key = row.getBoolean(3) ? PrimaryKey.DEFERRABLE : PrimaryKey.NONE;
        return new TableFacts(
                row.getString(1),
                row.getBoolean(2) ? PrimaryKey.IMMEDIATE : key,
                row.getString(4),
                new RowAccess(row.getBoolean(5), row.getBoolean(6), row.getBoolean(7), row.getBoolean(8)),
                columnsOf(row));
    }

    private static List<Column> columnsOf(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray(9).getArray();
        String[] generated = (String[]) row.getArray(10).getArray();
        String[] inKey = (String[]) row.getArray(11).getArray();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            columns.add(new Column(names[i], generated[i], inKey[i].equals("true")));
        }
        return columns;
    }
}
