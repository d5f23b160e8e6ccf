package dev.sluice.sinks.layout;

import dev.sluice.sinks.commit.TableProperties;
import dev.sluice.sinks.commit.TableWriter;
import dev.sluice.sinks.direct.DirectTable;
import io.delta.tables.DeltaTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Finds versions of keys in one history table as it is before the batch, and writes the difference with Spark as one
 * commit.
 *
 * @param target where the table is
 * @param columns columns of the table once the batch is written
 * @param stored columns of the table now, none when the table does not exist
 * @param snapshot the table now, empty when the table does not exist
 * @param direct whether the batch is written to the table without Spark
 */
public record HistoryTable(
        TableWriter.Target target,
        TableColumns columns,
        StructType stored,
        Optional<DirectTable> snapshot,
        boolean direct) {

    public boolean exists() {
        return snapshot.isPresent();
    }

    /** Properties of the table when it is made. */
    public Map<String, String> properties() {
        return TableProperties.of(columns.names().withStatistics(), columns.needMapping());
    }

    /** The properties that the table has to get first, because of a column that the table was made without. */
    public Map<String, String> lacking() {
        Map<String, String> lacking = new TreeMap<>();
        if (exists() && columns.needMapping() && !TableColumns.needMapping(stored)) {
            lacking.put(TableProperties.MAPPING, TableProperties.BY_NAME);
        }
        if (exists() && TableColumns.hasZoneless(columns.schema()) && !TableColumns.hasZoneless(stored)) {
            lacking.put(TableProperties.ZONELESS, TableProperties.SUPPORTED);
        }
        return lacking;
    }

    /** Gives the table what it is lacking, as a commit of its own that belongs to no batch and may be repeated. */
    public void prepare(SparkSession session) {
        String properties = lacking().entrySet().stream()
                .map(property -> "'" + property.getKey() + "' = '" + property.getValue() + "'")
                .collect(Collectors.joining(", "));
        session.sql("ALTER TABLE delta." + quote(target.location()) + " SET TBLPROPERTIES (" + properties + ")");
    }

    /** Stored versions of those keys, with the columns of {@link #columns()}; a column not stored yet is null. */
    public Dataset<Row> versions(SparkSession session, Dataset<Row> keys) {
        Dataset<Row> rows = session.read().format("delta").load(target.location());
        Column[] columns = new Column[this.columns.schema().size()];
        int i = 0;
        for (StructField field : this.columns.schema().fields()) {
            boolean known = stored.getFieldIndex(field.name()).isDefined();
            Column cell = known ? quoted(field.name()) : functions.lit(null).cast(field.dataType());
            columns[i++] = cell.as(field.name());
        }
        Column key = keys.col(keys.columns()[0]);
        return rows.join(keys, quoted(columns().names().key()).equalTo(key), "left_semi")
                .select(columns);
    }

    /** Keys of versions that a truncate at or after that position may end. */
    public Dataset<Row> keysBefore(SparkSession session, String seq) {
        TableColumns.Names names = columns.names();
        Column closedAfter =
                quoted(names.provenance()).getField("closed_by").getField("seq").gt(seq);
        return session.read()
                .format("delta")
                .load(target.location())
                .filter(quoted(names.seq()).lt(seq))
                .filter(quoted(names.isCurrent()).or(closedAfter))
                .select(quoted(names.key()));
    }

    /** Adds rows; makes the table when it does not exist. */
    public void append(Dataset<Row> rows, Map<String, String> options) {
        DataFrameWriter<Row> writer =
                rows.write().format("delta").mode("append").options(options);
        if (!exists()) {
            writer = writer.options(properties());
        } else if (columns.extend(stored)) {
            writer = writer.option("mergeSchema", "true");
        }
        writer.save(target.location());
    }

    /** Replaces, adds and removes versions by key and opening position. */
    public void merge(SparkSession session, Dataset<Row> rows) {
        TableColumns.Names names = columns.names();
        Column same = quoted("t", names.key())
                .equalTo(quoted("s", names.key()))
                .and(quoted("t", names.seq()).equalTo(quoted("s", names.seq())));
        Column gone = quoted("s", names.op()).isNull();
        Map<String, Column> cells = new HashMap<>();
        for (String name : columns.schema().fieldNames()) {
            cells.put(quote(name), quoted("s", name));
        }
        var merge = DeltaTable.forPath(session, target.location())
                .as("t")
                .merge(rows.as("s"), same)
                .whenMatched(gone)
                .delete()
                .whenMatched()
                .update(cells)
                .whenNotMatched(functions.not(gone))
                .insert(cells);
        (columns.extend(stored) ? merge.withSchemaEvolution() : merge).execute();
    }

    static Column quoted(String name) {
        return functions.col(quote(name));
    }

    private static Column quoted(String table, String name) {
        return functions.col(table + "." + quote(name));
    }

    /** A name as one identifier; a name may hold any character. */
    private static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
