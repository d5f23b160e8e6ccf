package dev.sluice.sinks.deadletter;

import static org.apache.spark.sql.functions.col;

import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.commit.CommitLog;
import dev.sluice.sinks.commit.CommitNote;
import dev.sluice.sinks.commit.TableWriter;
import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.direct.DirectCommit;
import dev.sluice.sinks.direct.DirectRead;
import dev.sluice.sinks.direct.DirectTable;
import io.delta.tables.DeltaTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Writes dead letters anew whose records a replay has rejected again. A letter keeps its id, the moment at which it was
 * first written and the batch that read its record. Not thread-safe.
 */
final class RejectedAgain {

    private static final List<String> IDENTITY = List.of("output", "id");
    private static final List<String> PROBE = List.of("output", "id", "dataset", "rejected_by");

    private static final List<String> ANEW =
            List.of("stage", "code", "detail", "subject", "payload", "bytes", "key_id", "key", "rejected_by");

    private final TableWriter writer;
    private final DirectAccess access;
    private final TableWriter.Target target;
    private final String output;
    private final BatchPlan batch;

    RejectedAgain(TableWriter writer, DirectAccess access, TableWriter.Target target, String output, BatchPlan batch) {
        this.writer = writer;
        this.access = access;
        this.target = target;
        this.output = output;
        this.batch = batch;
    }

    /**
     * Replaces the letters of these ids, and takes those back that an earlier run of the batch has written and this run
     * does not reject; in one commit. Makes none when an earlier run has left the letters like this.
     *
     * @param settled topics whose letters stay as an earlier run of the batch wrote them
     */
    CommitLog.Found write(CommitNote note, List<Row> rows, Set<String> settled) {
        Optional<CommitLog.Found> found = writer.alreadyWritten(target, batch);
        Optional<DirectTable> table = access.open(target.location());
        return table.isPresent() && access.allowed(target.location(), table, DeadLetterTable.SCHEMA)
                ? directly(table.get(), found, note, new ThisRun(rows, settled))
                : inSpark(found, note, new ThisRun(rows, settled));
    }

    /** What this run of the batch rejects, and the topics that it leaves alone. */
    private record ThisRun(List<Row> rows, Set<String> settled) {

        Set<String> ids() {
            Set<String> ids = new HashSet<>();
            rows.forEach(row -> ids.add(row.getString(DeadLetterTable.ID)));
            return ids;
        }
    }

    private CommitLog.Found directly(DirectTable table, Optional<CommitLog.Found> found, CommitNote note, ThisRun run) {
        Set<String> ids = run.ids();
        Predicate<List<String>> concerned = texts -> texts.get(0).equals(output)
                && (ids.contains(texts.get(1))
                        || (texts.get(3).equals(batch.id().text())
                                && !run.settled().contains(texts.get(2))));
        DirectRead read = DirectRead.of(table, DeadLetterTable.SCHEMA, PROBE, concerned);
        List<Row> before = read.rows(concerned);
        List<Row> anew = anew(run.rows(), before);
        if (found.isPresent() && reasons(anew).equals(reasons(before))) {
            return found.get();
        }
        Set<List<String>> gone = new HashSet<>();
        anew.forEach(row -> gone.add(List.of(output, row.getString(DeadLetterTable.ID))));
        DirectCommit commit =
                access.commit(target.location(), new DirectCommit.Columns(DeadLetterTable.SCHEMA, table.properties()));
        if (found.isPresent()) {
            DirectCommit.Stamp repeatable = DirectCommit.Stamp.repeatable(note.text());
            return new CommitLog.Found(commit.replace(read, IDENTITY, gone, anew, repeatable), note);
        }
        return writer.writeDirectly(target, batch.id(), note, id -> {
            DirectCommit.Stamp stamp = new DirectCommit.Stamp(id, batch.id().number(), note.text());
            return commit.replace(read, IDENTITY, gone, anew, stamp);
        });
    }

    /** The letters as they are to be: the rejected ones with what they keep, then those that are taken back. */
    private static List<Row> anew(List<Row> rejected, List<Row> before) {
        Map<String, Row> known = new HashMap<>();
        before.forEach(row -> known.put(row.getString(DeadLetterTable.ID), row));
        List<Row> anew = new ArrayList<>();
        for (Row row : rejected) {
            Row first = known.remove(row.getString(DeadLetterTable.ID));
            Map<Integer, Object> kept = first == null
                    ? Map.of()
                    : Map.of(
                            DeadLetterTable.SINCE, first.get(DeadLetterTable.SINCE),
                            DeadLetterTable.BATCH, first.get(DeadLetterTable.BATCH));
            anew.add(with(row, kept));
        }
        known.values()
                .forEach(row ->
                        anew.add(with(row, Map.of(DeadLetterTable.REJECTED_BY, row.getString(DeadLetterTable.BATCH)))));
        return anew;
    }

    private static Row with(Row row, Map<Integer, Object> changes) {
        Object[] cells = new Object[row.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = changes.getOrDefault(i, row.get(i));
        }
        return RowFactory.create(cells);
    }

    /** Which batch rejected which letter why. */
    private static Set<List<String>> reasons(List<Row> rows) {
        Set<List<String>> reasons = new HashSet<>();
        for (Row row : rows) {
            reasons.add(List.of(
                    row.getString(DeadLetterTable.ID),
                    row.getString(DeadLetterTable.CODE),
                    row.getString(DeadLetterTable.REJECTED_BY)));
        }
        return reasons;
    }

    private CommitLog.Found inSpark(Optional<CommitLog.Found> found, CommitNote note, ThisRun run) {
        List<Row> changes = new ArrayList<>(run.rows());
        if (found.isEmpty()) {
            return writer.write(target, batch.id(), note, scope -> merge(scope.session(), changes));
        }
        writer.inSession(session -> changes.addAll(takenBack(session, run)));
        return changes.isEmpty()
                ? found.get()
                : writer.amend(target, batch.id(), note, session -> merge(session, changes));
    }

    /** The letters that an earlier run of the batch has rejected and this run does not; a row without a code each. */
    private List<Row> takenBack(SparkSession session, ThisRun run) {
        Set<String> ids = run.ids();
        Column theirs = col("output")
                .equalTo(output)
                .and(col("rejected_by").equalTo(batch.id().text()));
        List<Row> letters = session.read()
                .format("delta")
                .load(target.location())
                .filter(theirs)
                .select("id", "dataset")
                .collectAsList();
        return letters.stream()
                .filter(row -> !ids.contains(row.getString(0)) && !run.settled().contains(row.getString(1)))
                .map(row -> back(row.getString(0)))
                .toList();
    }

    /** A row without a code says to take the letter back. */
    private void merge(SparkSession session, List<Row> rows) {
        Map<String, Column> anew = new HashMap<>();
        for (String column : ANEW) {
            anew.put(column, col("c." + column));
        }
        Column same = IDENTITY.stream()
                .map(name -> col("t." + name).equalTo(col("c." + name)))
                .reduce(Column::and)
                .orElseThrow();
        DeltaTable.forPath(session, target.location())
                .as("t")
                .merge(session.createDataFrame(rows, DeadLetterTable.SCHEMA).as("c"), same)
                .whenMatched(col("c.code").isNull())
                .update(Map.of("rejected_by", col("t.batch_id")))
                .whenMatched()
                .update(anew)
                .whenNotMatched(col("c.code").isNotNull())
                .insertAll()
                .execute();
    }

    private Row back(String id) {
        Object[] cells = new Object[DeadLetterTable.SCHEMA.size()];
        cells[DeadLetterTable.ID] = id;
        cells[DeadLetterTable.OUTPUT] = output;
        return RowFactory.create(cells);
    }
}
