package dev.sluice.cdc.capture.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Describes a table as the server shows it to the connected role.
 *
 * @param kind pg_class.relkind: r table, p partitioned table, v view and so on
 * @param indexes its valid unique indexes of columns alone, whole ones, by name
 * @param identity replica identity: d default, f full, i index, n nothing
 * @param rows how its rows are read and logged
 * @param columns its columns in order
 */
public record TableFacts(
        String kind, List<UniqueIndex> indexes, String identity, RowAccess rows, List<Column> columns) {

    /** SQL for the text of a column {@code a}, as {@link Column#of} reads it. */
    static final String COLUMN = "concat_ws(' ', a.attnum, a.attnotnull, a.attgenerated::text || '.', a.attname)";

    /** SQL for the texts of the indexes of a table {@code c}, as {@link UniqueIndex#of} reads them. */
    static final String INDEXES = " ARRAY(SELECT concat_ws(' ', x.indisprimary, x.indimmediate, x.indisreplident,"
            + " array_to_string((x.indkey::smallint[])[0:x.indnkeyatts - 1], ','), k.relname)"
            + " FROM pg_index x JOIN pg_class k ON k.oid = x.indexrelid WHERE x.indrelid = c.oid AND x.indisunique"
            + " AND x.indisvalid AND x.indpred IS NULL AND x.indexprs IS NULL"
            + " AND (x.indisprimary OR NOT x.indisexclusion) ORDER BY k.relname)";

    public TableFacts {
        indexes = List.copyOf(indexes);
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
     * Describes a unique index.
     *
     * @param primary whether it is the index of the primary key
     * @param immediate whether the server checks it at once
     * @param identity whether it was chosen as replica identity
     * @param columns numbers of its columns in order
     * @param name its name
     */
    public record UniqueIndex(
            boolean primary, boolean immediate, boolean identity, List<Integer> columns, String name) {

        private static final int PARTS = 5;

        private static UniqueIndex of(String text) {
            String[] parts = text.split(" ", PARTS);
            return new UniqueIndex(
                    parts[0].equals("t"),
                    parts[1].equals("t"),
                    parts[2].equals("t"),
                    Stream.of(parts[3].split(",")).map(Integer::valueOf).toList(),
                    parts[4]);
        }
    }

    /**
     * Describes a column.
     *
     * @param number its number, which no other column of the table ever gets
     * @param notNull whether null is refused
     * @param generated pg_attribute.attgenerated: empty for an ordinary column, s stored, v virtual
     * @param name its name
     */
    public record Column(int number, boolean notNull, String generated, String name) {

        private static final int PARTS = 4;

        private static Column of(String text) {
            String[] parts = text.split(" ", PARTS);
            return new Column(Integer.parseInt(parts[0]), parts[1].equals("t"), parts[2].replace(".", ""), parts[3]);
        }

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

    /** When the server checks the primary key. */
    public PrimaryKey primaryKey() {
        return primary()
                .map(index -> index.immediate() ? PrimaryKey.IMMEDIATE : PrimaryKey.DEFERRABLE)
                .orElse(PrimaryKey.NONE);
    }

    private Optional<UniqueIndex> primary() {
        return indexes.stream().filter(UniqueIndex::primary).findFirst();
    }

    /** The index that is the replica identity; the server takes none but immediate ones over columns without null. */
    private Optional<UniqueIndex> identityIndex() {
        return indexes.stream()
                .filter(index -> identity.equals("i") && index.identity())
                .findFirst();
    }

    /**
     * The columns that tell the rows apart: the named ones, else those of the primary key, else those of the index that
     * is the replica identity. A deferrable primary key comes last. Empty when there are none.
     *
     * @param named the columns that the pipeline names; empty when it names none
     */
    public List<String> rowKey(List<String> named) {
        Stream<UniqueIndex> candidates = Stream.of(primary().filter(UniqueIndex::immediate), identityIndex(), primary())
                .flatMap(Optional::stream);
        return named.isEmpty() ? candidates.findFirst().map(this::names).orElse(List.of()) : named;
    }

    /** The numbers of the columns of {@link #rowKey}, in its order, without those that do not exist. */
    public List<Integer> keyNumbers(List<String> named) {
        return rowKey(named).stream()
                .flatMap(name -> columns.stream().filter(column -> column.name().equals(name)))
                .map(Column::number)
                .toList();
    }

    /** The columns of {@link #rowKey} when they are not those of the primary key; else empty. */
    public List<String> toldKey(List<String> named) {
        List<String> key = rowKey(named);
        return primary()
                        .filter(index -> Set.copyOf(names(index)).equals(Set.copyOf(key)))
                        .isPresent()
                ? List.of()
                : key;
    }

    /**
     * The names of the columns that the log holds of a row before its change, which every change of them and every
     * delete shows; empty when the table has no replica identity.
     */
    public List<String> imageOfOld() {
        return switch (identity) {
            case "f" -> names();
            case "i" -> identityIndex().map(this::names).orElse(List.of());
            case "d" -> primary()
                    .filter(UniqueIndex::immediate)
                    .map(this::names)
                    .orElse(List.of());
            default -> List.of();
        };
    }

    /** A unique index that is checked at once and whose columns are never null. */
    public Optional<UniqueIndex> fitIndex() {
        return indexes.stream()
                .filter(index -> index.immediate() && index.columns().stream().allMatch(this::isNeverNull))
                .findFirst();
    }

    /** Whether a unique index that is checked at once is over exactly these columns, in any order. */
    public boolean isUnique(List<String> names) {
        return indexes.stream()
                .anyMatch(index -> index.immediate() && Set.copyOf(names(index)).equals(Set.copyOf(names)));
    }

    /** Those of these columns that may be null. */
    public List<String> nullable(List<String> names) {
        return columns.stream()
                .filter(column -> names.contains(column.name()) && !column.notNull())
                .map(Column::name)
                .toList();
    }

    private boolean isNeverNull(int number) {
        return columns.stream().anyMatch(column -> column.number() == number && column.notNull());
    }

    /** The names of the columns of that index, in its order. */
    public List<String> names(UniqueIndex index) {
        return index.columns().stream()
                .flatMap(number -> columns.stream().filter(column -> column.number() == number))
                .map(Column::name)
                .toList();
    }

    /**
     * The names of the columns that tell a changed row from others and that no logged change holds. From version 18 on
     * the server then refuses every UPDATE and DELETE on the table once it is published.
     *
     * @param named the columns that the pipeline names as its key; empty when it names none
     */
    public List<String> identityMissingIn(GeneratedColumns log, List<String> named) {
        Set<String> telling = new HashSet<>(rowKey(named));
        if (!identity.equals("f") || log != GeneratedColumns.NEVER) {
            telling.addAll(imageOfOld());
        }
        return missingIn(log).stream().filter(telling::contains).toList();
    }

    /** The facts in a row of {@link SourceCatalog#table}. */
    static TableFacts of(ResultSet row) throws SQLException {
        return new TableFacts(
                row.getString(1),
                Stream.of((String[]) row.getArray(8).getArray())
                        .map(UniqueIndex::of)
                        .toList(),
                row.getString(2),
                new RowAccess(row.getBoolean(3), row.getBoolean(4), row.getBoolean(5), row.getBoolean(6)),
                Stream.of((String[]) row.getArray(7).getArray()).map(Column::of).toList());
    }
}
