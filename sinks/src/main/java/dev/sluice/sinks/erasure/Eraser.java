package dev.sluice.sinks.erasure;

import static org.apache.spark.sql.functions.col;

import dev.sluice.sinks.Lake;
import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.commit.CommitLog;
import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.direct.DirectCommit;
import dev.sluice.sinks.direct.DirectRead;
import dev.sluice.sinks.direct.DirectTable;
import dev.sluice.sinks.direct.LakeFolders;
import io.delta.tables.DeltaTable;
import java.time.Instant;
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
 * <p>The pseudonyms go into a staged frame or stay in memory. No pseudonym becomes part of a statement, so no log entry
 * holds one. Repeatable: a run after a crash deletes the rows that are left, and also returns the deletions that
 * earlier runs committed for the same case, from the logs of the tables. Must not run while a batch is being written.
 * Refuses a session with a transaction id of Delta ({@code SNK-014}), because Delta would silently skip deletes: use a
 * new session.
 */
public final class Eraser {

    private static final String SUBJECT = "subject";
    private static final String METADATA = "spark.databricks.delta.commitInfo.userMetadata";

    private final SparkSession session;
    private final String root;
    private final DirectAccess access;
    private final Order order;

    /**
     * Names the people whose rows are deleted, and the erasure case.
     *
     * @param caseId id of the erasure case, the same in every run for the case
     * @param since a moment before the first run for the case
     * @param subjects pseudonyms, as in the subject columns
     */
    public record Order(String caseId, Instant since, Set<String> subjects) {
        public Order {
            subjects = Set.copyOf(subjects);
        }

        @Override
        public String toString() {
            return "Order[" + caseId + "]";
        }
    }

    /**
     * What a commit deleted from a table.
     *
     * @param path path of the table below the lake
     * @param version Delta version without the rows
     * @param rows number of rows deleted
     */
    public record Erased(String path, long version, long rows) {}

    private Eraser(SparkSession session, String root, DirectAccess access, Order order) {
        this.session = session;
        this.root = root;
        this.access = access;
        this.order = order;
    }

    /**
     * Deletes the rows of those persons. Works with Spark on tables of more than {@code directBytes} bytes and on
     * tables that {@link DirectAccess} does not allow, and without Spark on the others.
     */
    public static List<Erased> erase(SparkSession session, Lake lake, Order order, long directBytes) {
        Configuration conf = session.sparkContext().hadoopConfiguration();
        return new Eraser(session, lake.root(), new DirectAccess(conf, directBytes), order).erase();
    }

    /**
     * Deletes the rows of those persons, without Spark on tables of up to 64 MiB where {@link DirectAccess} allows it.
     *
     * @param session a session made for this call
     * @param lake the lake; rows are deleted from the tables of all consumers
     * @return one entry for each commit that deleted rows for the case, in this run or an earlier run
     */
    public static List<Erased> erase(SparkSession session, Lake lake, Order order) {
        return erase(session, lake, order, 64L << 20);
    }

    private List<Erased> erase() {
        if (session.conf().contains("spark.databricks.delta.write.txnAppId")) {
            throw SinkErrors.taintedSession();
        }
        List<Erased> erased = new ArrayList<>();
        for (String path : new LakeFolders(root, access.conf()).histories()) {
            erased.addAll(erase(path));
        }
        erased.addAll(erase(Lake.LATENT));
        erased.addAll(erase(Lake.DEAD_LETTERS));
        return List.copyOf(erased);
    }

    private List<Erased> erase(String path) {
        String location = root + "/" + path;
        Optional<DirectTable> table = access.open(location);
        if (table.isEmpty() || order.subjects().isEmpty()) {
            return List.of();
        }
        List<Erased> erased = before(path);
        String column = subjectColumn(table.get());
        boolean direct = access.allowed(location, table, table.get().schema());
        (direct ? directly(path, table.get(), column) : inSpark(path, column)).ifPresent(erased::add);
        return erased;
    }

    /** Returns the deletions that earlier runs for the same order committed, also those that no run has reported. */
    private List<Erased> before(String path) {
        String id = EraseNote.of(order.caseId(), 0).order();
        List<Erased> erased = new ArrayList<>();
        new CommitLog(root + "/" + path, access.conf())
                .metadataSince(order.since())
                .forEach((version, metadata) -> EraseNote.parse(metadata)
                        .filter(note -> note.order().equals(id))
                        .ifPresent(note -> erased.add(new Erased(path, version, note.rows()))));
        return erased;
    }

    private Optional<Erased> directly(String path, DirectTable table, String column) {
        Set<String> subjects = order.subjects();
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
        String note = EraseNote.of(order.caseId(), rows).text();
        long version = commit.replace(read, List.of(column), gone, List.of(), DirectCommit.Stamp.repeatable(note));
        return Optional.of(new Erased(path, version, rows));
    }

    private Optional<Erased> inSpark(String path, String column) {
        String location = root + "/" + path;
        Dataset<Row> staged = session.createDataset(List.copyOf(order.subjects()), Encoders.STRING())
                .toDF("pseudonym");
        Dataset<Row> stored = session.read().format("delta").load(location);
        Column same = stored.col("`" + column + "`").equalTo(staged.col("pseudonym"));
        long rows = stored.join(staged, same, "left_semi").count();
        if (rows == 0) {
            return Optional.empty();
        }
        session.conf().set(METADATA, EraseNote.of(order.caseId(), rows).text());
        try {
            DeltaTable.forPath(session, location)
                    .as("t")
                    .merge(staged.as("s"), col("t.`" + column + "`").equalTo(col("s.pseudonym")))
                    .whenMatched()
                    .delete()
                    .execute();
        } finally {
            session.conf().unset(METADATA);
        }
        long version = access.open(location).map(DirectTable::version).orElse(-1L);
        return Optional.of(new Erased(path, version, rows));
    }

    /**
     * Returns the name of the subject column. In a history table, a prefix and {@code _} stand before {@code subject};
     * the first column with statistics shows the prefix.
     */
    private static String subjectColumn(DirectTable table) {
        String first = table.firstStatisticsColumn();
        return first.endsWith("valid_from")
                ? first.substring(0, first.length() - "valid_from".length()) + "_" + SUBJECT
                : SUBJECT;
    }
}
