package dev.sluice.cdc.capture.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says in which form a table is stored.
 *
 * @param id object id of the table; another one means that the table was made again
 * @param columns a text that changes with every change of a column
 * @param file number of the file that holds the rows
 * @param naming a text that changes when the table gets another name, schema or owner, also when the table gets the
 *     same one back: the server writes the row of a table's type for these and for no other change of the table
 * @param filled numbers of the columns whose default stands for a value that older rows do not store
 * @param stored name of each column whose values may be stored out of line, by number
 * @param unsent whether values are stored out of line now, so that a change may leave them out
 */
public record TableForm(
        long id,
        String columns,
        long file,
        String naming,
        List<Integer> filled,
        Map<Integer, String> stored,
        boolean unsent) {

    /** SQL for the form of the table with that schema and that name. */
    static final String QUERY = "SELECT c.oid::bigint, k.columns::text,"
            + " coalesce(pg_relation_filenode(c.oid), 0)::bigint,"
            + " coalesce(y.xmin::text, ''), k.filled, k.stored, c.relreplident <> 'f'"
            + " AND coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0) > 0 FROM pg_namespace n"
            + " JOIN pg_class c ON n.oid = c.relnamespace LEFT JOIN pg_type y ON y.oid = c.reltype, LATERAL (SELECT"
            + " hashtextextended(string_agg(concat(attnum, ':', a.xmin), ',' ORDER BY attnum), 0),"
            + " concat(string_agg(attnum::text, ',') FILTER (WHERE atthasmissing)),"
            + " array_agg(concat(attnum, ':', attname))"
            + " FILTER (WHERE attstorage IN ('x', 'e') AND attnum > 0 AND NOT attisdropped)"
            + " FROM pg_attribute a WHERE attrelid = c.oid) k (columns, filled, stored)"
            + " WHERE nspname = ? AND relname = ?";

    public TableForm {
        filled = List.copyOf(filled);
        stored = Map.copyOf(stored);
    }

    /** The form of a table that does not exist. */
    public static TableForm none() {
        return new TableForm(0, "", 0, "", List.of(), Map.of(), false);
    }

    static TableForm of(ResultSet row) throws SQLException {
        List<Integer> filled = Arrays.stream(row.getString(5).split(","))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();
        Map<Integer, String> stored = new TreeMap<>();
        Array names = row.getArray(6);
        for (String name : names == null ? new String[0] : (String[]) names.getArray()) {
            int colon = name.indexOf(':');
            stored.put(Integer.valueOf(name.substring(0, colon)), name.substring(colon + 1));
        }
        return new TableForm(
                row.getLong(1), row.getString(2), row.getLong(3), row.getString(4), filled, stored, row.getBoolean(7));
    }

    /**
     * Whether the table was made again or its rows were written anew by a change of its columns. Such a rewrite is not
     * transactional: a snapshot from before sees an empty table (PostgreSQL documentation, "Caveats" of MVCC). TRUNCATE
     * and VACUUM change the file but no column.
     */
    public boolean isRewrittenSince(TableForm before) {
        return id != before.id || (file != before.file && !columns.equals(before.columns));
    }

    /**
     * Whether a change of the columns of this table gave rows other values since, for which the log has no record: the
     * rows were written anew, or a new column has a default that stands for the value of older rows.
     */
    public boolean hasOtherRowsThan(TableForm before) {
        return id == before.id && (isRewrittenSince(before) || !before.filled.containsAll(filled));
    }

    /**
     * The column that got another name since, when changes may leave its value out. Such a change names the new column,
     * and the value came under the name before.
     */
    public Optional<String> renamedSince(TableForm before) {
        return before.stored.entrySet().stream()
                .filter(column -> unsent && id == before.id)
                .filter(column ->
                        !stored.getOrDefault(column.getKey(), column.getValue()).equals(column.getValue()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
