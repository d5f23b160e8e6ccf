package dev.sluice.sinks.erasure;

import static org.apache.spark.sql.functions.col;

import dev.sluice.sinks.Lake;
import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.direct.DirectCommit;
import dev.sluice.sinks.direct.DirectRead;
import dev.sluice.sinks.direct.DirectTable;
import dev.sluice.sinks.direct.LakeFolders;
import io.delta.tables.DeltaTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Deletes the rows of persons from every history table, the latent events and the dead letters.
 *
 * <p>The pseudonyms go into a staged frame or stay in memory; none becomes part of a statement, so none is in a log
 * entry. Repeatable: a second run deletes nothing and makes no commit. Must not run while a batch is being written,
 * and the session must be one in which no transaction id of Delta is set, or deletes are silently skipped: use a new
 * session.
 */
public final class Eraser {

    private static final String SUBJECT = "subject";

    private final SparkSession session;
    private final String root;
    private final DirectAccess access;

    /**
     * What was deleted from a table.
     *
     * @param path path of the table below the lake
     * @param version Delta version without the rows
     * @param rows number of rows deleted
     */
    public record Erased(String path, long version, long rows) {}

    private Eraser(SparkSession session, String root, DirectAccess access) {
        this.session = session;
        this.root = root;
        this.access = access;
    }

    /** Deletes with Spark from tables of more than {@code directBytes}, without it from smaller ones. */
    public static List<Erased> erase(SparkSession session, Lake lake, Set<String> subjects, long directBytes) {
        Configuration conf = session.sparkContext().hadoopConfiguration();
        return new Eraser(session, lake.root(), new DirectAccess(conf, directBytes)).erase(subjects);
    }

    /**
     * Deletes the rows of those persons.
     *
     * @param session a session made for this call
     * @param lake the lake; all outputs of it are erased from
     * @param subjects pseudonyms, as in the subject columns
     * @return one entry for each table that held a row of theirs
     */
    public static List<Erased> erase(SparkSession session, Lake lake, Set<String> subjects) {
        return erase(session, lake, subjects, 64L << 20);
    }

    private List<Erased> erase(Set<String> subjects) {
        if (session.conf().contains("spark.databricks.delta.write.txnAppId")) {
            throw SinkErrors.taintedSession();
        }
        List<Erased> erased = new ArrayList<>();
        for (String path : LakeFolders.histories(root, access.conf())) {
            erase(path, subjects).ifPresent(erased::add);
        }
        erase(Lake.LATENT, subjects).ifPresent(erased::add);
        erase(Lake.DEAD_LETTERS, subjects).ifPresent(erased::add);
        return List.copyOf(erased);
    }

    private Optional<Erased> erase(String path, Set<String> subjects) {
        String location = root + "/" + path;
        Optional<DirectTable> table = access.open(location);
        if (table.isEmpty() || subjects.isEmpty()) {
            return Optional.empty();
        }
        String column = subjectColumn(table.get());
        return access.allowed(location, table, table.get().schema())
                ? directly(path, table.get(), column, subjects)
                : inSpark(path, column, subjects);
    }

    private Optional<Erased> directly(String path, DirectTable table, String column, Set<String> subjects) {
        Predicate<List<String>> theirs = texts -> subjects.contains(texts.get(0));
        DirectRead read = DirectRead.of(table, table.schema(), List.of(column), theirs);
        int rows = read.rows(theirs).size();
        if (rows == 0) {
            return Optional.empty();
        }
        Set<List<String>> gone = new HashSet<>();
        subjects.forEach(subject -> gone.add(List.of(subject)));
        DirectCommit commit =
                access.commit(root + "/" + path, new DirectCommit.Columns(table.schema(), table.properties()));
        long version = commit.replace(read, List.of(column), gone, List.of(), DirectCommit.Stamp.NONE);
        return Optional.of(new Erased(path, version, rows));
    }

    private Optional<Erased> inSpark(String path, String column, Set<String> subjects) {
        String location = root + "/" + path;
        Dataset<Row> staged =
                session.createDataset(List.copyOf(subjects), Encoders.STRING()).toDF("pseudonym");
        Dataset<Row> stored = session.read().format("delta").load(location);
        Column same = stored.col("`" + column + "`").equalTo(staged.col("pseudonym"));
        long rows = stored.join(staged, same, "left_semi").count();
        if (rows == 0) {
            return Optional.empty();
        }
        DeltaTable.forPath(session, location)
                .as("t")
                .merge(staged.as("s"), col("t.`" + column + "`").equalTo(col("s.pseudonym")))
                .whenMatched()
                .delete()
                .execute();
        long version = access.open(location).map(DirectTable::version).orElse(-1L);
        return Optional.of(new Erased(path, version, rows));
    }

    /** History tables have a prefix before it, and {@code _}; the first column with statistics shows it. */
    private static String subjectColumn(DirectTable table) {
        String first = table.firstStatisticsColumn();
        return first.endsWith("valid_from")
                ? first.substring(0, first.length() - "valid_from".length()) + "_" + SUBJECT
                : SUBJECT;
    }
}
