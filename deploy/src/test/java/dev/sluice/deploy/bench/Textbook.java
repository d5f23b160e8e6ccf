package dev.sluice.deploy.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.delta.tables.DeltaTable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.avro.functions;
import org.apache.spark.sql.expressions.Window;

/**
 * The pipeline that tutorials teach, pinned. Not a straw man: every step is how the documentation of its library shows
 * it, and where the documentation leaves a choice the cheaper or safer one is taken.
 *
 * <ul>
 *   <li>Decode: {@code from_avro} of Spark's Avro module on the value without the five bytes of the frame, with the one
 *       schema of the topic ("Apache Avro Data Source Guide", the usual recipe for Confluent's format).
 *   <li>Mask: functions over one value, see {@link NaiveMasking}; built-in functions where there is one.
 *   <li>One change a key: {@code row_number} over the key by falling offset, keep the first. Delta's documentation
 *       asks for it ("Write change data into a Delta table": a MERGE may match a row once). Offsets, not wall clocks,
 *       so that the right one stays.
 *   <li>History: the join and union under a {@code merge_key} of "Slowly changing data (SCD) Type 2 operation into
 *       Delta tables" in Delta's documentation, plus a delete clause. Changed rows are found by {@code updated_at},
 *       cheaper than comparing all columns. The batch is not persisted: it was tried and cost 1.6 times as much,
 *       because the cached frame keeps its 200 partitions.
 *   <li>Settings: Spark's own 200 shuffle partitions with adaptive execution, Delta's own 50 snapshot partitions and
 *       table properties.
 * </ul>
 *
 * <p>It has less to do than ours: no provenance, no key of each person, no policy, no ledger, no dead letters.
 */
final class Textbook implements Variant {

    private static final Column CHANGED = expr("NOT (s.updated_at <=> t.updated_at)");

    private final SparkSession session;
    private final String table;

    Textbook(SparkSession product, String table, int shuffles) {
        this.session = product.newSession();
        this.table = table;
        session.conf().set("spark.sql.shuffle.partitions", Integer.toString(shuffles));
        session.conf().set("spark.sql.adaptive.enabled", "true");
        session.conf().set("spark.databricks.delta.snapshotPartitions", Integer.toString(Math.min(50, shuffles)));
        NaiveMasking.register(session);
    }

    @Override
    public String name() {
        return "textbook";
    }

    @Override
    public SparkSession session() {
        return session;
    }

    @Override
    public void take(int number, Dataset<Row> kafka) {
        Dataset<Row> masked = masked(kafka);
        if (number == 0) {
            masked.drop("op", "offset")
                    .selectExpr(opened())
                    .write()
                    .format("delta")
                    .save(table);
            return;
        }
        merge(latest(masked));
    }

    @Override
    public Dataset<Row> history() {
        return session.read()
                .format("delta")
                .load(table)
                .selectExpr(
                        "id",
                        "unix_micros(valid_from) AS valid_from",
                        "unix_micros(valid_to) AS valid_to",
                        "is_current",
                        "unix_micros(updated_at) AS updated_at");
    }

    private static Dataset<Row> masked(Dataset<Row> kafka) {
        return kafka.filter(col("value").isNotNull())
                .select(
                        functions
                                .from_avro(expr("substring(value, 6)"), Wire.envelopeSchema())
                                .as("e"),
                        col("offset"))
                .selectExpr(
                        "coalesce(e.after.id, e.before.id) AS id",
                        "aes_gcm(e.after.full_name) AS full_name",
                        "hmac_hex(e.after.email) AS email",
                        "concat(repeat('*', greatest(length(e.after.phone) - 2, 0)), right(e.after.phone, 2)) AS phone",
                        "trunc(date_from_unix_date(e.after.birth_date), 'year') AS birth_date",
                        "e.after.city AS city",
                        "rpad(left(e.after.postcode, 2), length(e.after.postcode), '*') AS postcode",
                        "e.after.country AS country",
                        "'[redacted]' AS prefs",
                        "to_timestamp(e.after.created_at) AS created_at",
                        "timestamp_micros(e.after.updated_at) AS updated_at",
                        "e.after.loyalty_tier AS loyalty_tier",
                        "timestamp_micros(e.source.ts_us) AS changed_at",
                        "e.op AS op",
                        "offset");
    }

    private static Dataset<Row> latest(Dataset<Row> changes) {
        Column newestFirst = org.apache
                .spark
                .sql
                .functions
                .row_number()
                .over(Window.partitionBy("id").orderBy(col("offset").desc()));
        return changes.withColumn("rank", newestFirst)
                .filter(col("rank").equalTo(1))
                .drop("rank", "offset");
    }

    private void merge(Dataset<Row> updates) {
        DeltaTable target = DeltaTable.forPath(session, table);
        Dataset<Row> newVersions = updates.as("s")
                .join(target.toDF().as("t"), expr("s.id = t.id"))
                .where(expr("t.is_current AND s.op <> 'd'").and(CHANGED))
                .selectExpr("CAST(NULL AS BIGINT) AS merge_key", "s.*");
        Dataset<Row> staged = newVersions.union(updates.selectExpr("id AS merge_key", "*"));
        target.as("t")
                .merge(staged.as("s"), "t.id = s.merge_key")
                .whenMatched(col("t.is_current").and(expr("s.op = 'd'").or(CHANGED)))
                .updateExpr(Map.of("is_current", "false", "valid_to", "s.changed_at"))
                .whenNotMatched("s.op <> 'd'")
                .insertExpr(inserted(updates))
                .execute();
    }

    private static Map<String, String> inserted(Dataset<Row> updates) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (String name : updates.drop("op", "changed_at").columns()) {
            cells.put(name, "s." + name);
        }
        cells.put("valid_from", "s.changed_at");
        cells.put("valid_to", "NULL");
        cells.put("is_current", "true");
        return cells;
    }

    private static String[] opened() {
        return new String[] {
            "* EXCEPT (changed_at)",
            "changed_at AS valid_from",
            "CAST(NULL AS TIMESTAMP) AS valid_to",
            "true AS is_current"
        };
    }
}
