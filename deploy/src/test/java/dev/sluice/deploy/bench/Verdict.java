package dev.sluice.deploy.bench;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table against the oracle. Versions are the same when key and begin are.
 *
 * @param expected versions that must be there
 * @param found versions that are there
 * @param lost of the expected, those that are not there
 * @param extra rows that nothing explains, repeated ones included
 * @param wrong versions that are there with another end, another content or the wrong mark of being current
 * @param expectedCurrent keys that must have a current version
 * @param foundCurrent current versions
 * @param keysWithoutCurrent keys that must have a current version and have none
 */
record Verdict(
        long expected,
        long found,
        long lost,
        long extra,
        long wrong,
        long expectedCurrent,
        long foundCurrent,
        long keysWithoutCurrent) {

    /** What {@link Variant#history()} must have; times are microseconds. */
    static final String COLUMNS =
            "id BIGINT, valid_from BIGINT, valid_to BIGINT, is_current BOOLEAN, updated_at BIGINT";

    /** Compares a table with what {@link Oracle#write} has written. */
    static Verdict of(Path expected, Dataset<Row> history) {
        SparkSession spark = history.sparkSession();
        spark.read()
                .schema("id BIGINT, valid_from BIGINT, valid_to BIGINT, updated_at BIGINT")
                .csv(expected.toString())
                .createOrReplaceTempView("expected");
        history.createOrReplaceTempView("found");
        Row versions = spark.sql(
                        """
                        SELECT count(e.id), coalesce(sum(f.rows), 0), count_if(f.id IS NULL),
                          coalesce(sum(f.rows), 0) - count_if(e.id IS NOT NULL AND f.id IS NOT NULL),
                          count_if(e.id IS NOT NULL AND f.id IS NOT NULL AND NOT
                            (e.valid_to <=> f.valid_to AND e.updated_at <=> f.updated_at
                             AND (e.valid_to IS NULL) <=> f.is_current))
                        FROM expected e FULL OUTER JOIN
                          (SELECT id, valid_from, min(valid_to) valid_to, min(is_current) is_current,
                             min(updated_at) updated_at, count(*) rows FROM found GROUP BY id, valid_from) f
                        ON e.id = f.id AND e.valid_from = f.valid_from""")
                .first();
        Row current = spark.sql(
                        """
                        SELECT count(e.id), coalesce(sum(f.rows), 0), count_if(f.id IS NULL)
                        FROM (SELECT id FROM expected WHERE valid_to IS NULL) e FULL OUTER JOIN
                          (SELECT id, count(*) rows FROM found WHERE is_current GROUP BY id) f
                        ON e.id = f.id""")
                .first();
        return new Verdict(
                versions.getLong(0),
                versions.getLong(1),
                versions.getLong(2),
                versions.getLong(3),
                versions.getLong(4),
                current.getLong(0),
                current.getLong(1),
                current.getLong(2));
    }

    /** Whether the table is what the oracle says. */
    boolean right() {
        return lost == 0 && extra == 0 && wrong == 0 && keysWithoutCurrent == 0 && expectedCurrent == foundCurrent;
    }
}
