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
 * Writes dead letters anew whose records a replay has rejected again. A letter keeps its id and the moment at which it
 * was first written. Not thread-safe.
 */
final class RejectedAgain {

    private static final List<String> IDENTITY = List.of("output", "id");

    private final TableWriter writer;
    private final DirectAccess access;
    private final TableWriter.Target target;
    private final String output;

    RejectedAgain(TableWriter writer, DirectAccess access, TableWriter.Target target, String output) {
        this.writer = writer;
        this.access = access;
        this.target = target;
        this.output = output;
    }

    /** Replaces the letters of these ids, in one commit; makes none when an earlier run of the batch has done so. */
    CommitLog.Found write(BatchPlan batch, CommitNote note, List<Row> rows) {
        Optional<CommitLog.Found> found = writer.alreadyWritten(target, batch);
        Optional<DirectTable> table = access.open(target.location());
        if (table.isEmpty() || !access.allowed(target.location(), table, DeadLetterTable.SCHEMA)) {
            return found.map(before -> writer.amend(target, batch.id(), note, session -> merge(session, rows)))
                    .orElseGet(() -> writer.write(target, batch.id(), note, scope -> merge(scope.session(), rows)));
        }
        Set<List<String>> gone = new HashSet<>();
        rows.forEach(row -> gone.add(List.of(output, row.getString(DeadLetterTable.ID))));
        Predicate<List<String>> named = gone::contains;
        DirectRead read = DirectRead.of(table.get(), DeadLetterTable.SCHEMA, IDENTITY, named);
        List<Row> anew = withFirstMoment(rows, read.rows(named));
        if (found.isPresent() && same(anew, read.rows(named))) {
            return found.get();
        }
        DirectCommit commit = access.commit(
                target.location(),
                new DirectCommit.Columns(DeadLetterTable.SCHEMA, table.get().properties()));
        if (found.isPresent()) {
            DirectCommit.Stamp repeatable = DirectCommit.Stamp.repeatable(note.text());
            return new CommitLog.Found(commit.replace(read, IDENTITY, gone, anew, repeatable), note);
        }
        return writer.writeDirectly(target, batch.id(), note, id -> {
            DirectCommit.Stamp stamp = new DirectCommit.Stamp(id, batch.id().number(), note.text());
            return commit.replace(read, IDENTITY, gone, anew, stamp);
        });
    }

    private static List<Row> withFirstMoment(List<Row> rows, List<Row> before) {
        Map<String, Object> moments = new HashMap<>();
        before.forEach(row -> moments.put(row.getString(DeadLetterTable.ID), row.get(DeadLetterTable.SINCE)));
        List<Row> anew = new ArrayList<>();
        for (Row row : rows) {
            Object[] cells = new Object[row.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = row.get(i);
            }
            cells[DeadLetterTable.SINCE] =
                    moments.getOrDefault(row.getString(DeadLetterTable.ID), cells[DeadLetterTable.SINCE]);
            anew.add(RowFactory.create(cells));
        }
        return anew;
    }

    /** Whether both are the letters of one batch with the same reasons. */
    private static boolean same(List<Row> one, List<Row> other) {
        return reasons(one).equals(reasons(other));
    }

    private static Set<List<String>> reasons(List<Row> rows) {
        Set<List<String>> reasons = new HashSet<>();
        for (Row row : rows) {
            reasons.add(List.of(
                    row.getString(DeadLetterTable.ID),
                    row.getString(DeadLetterTable.CODE),
                    row.getString(DeadLetterTable.BATCH)));
        }
        return reasons;
    }

    private void merge(SparkSession session, List<Row> rows) {
        Map<String, Column> anew = new HashMap<>();
        for (String column : List.of("stage", "code", "detail", "subject", "payload", "key_id", "batch_id", "key")) {
            anew.put(column, col("c." + column));
        }
        Column same = IDENTITY.stream()
                .map(name -> col("t." + name).equalTo(col("c." + name)))
                .reduce(Column::and)
                .orElseThrow();
        DeltaTable.forPath(session, target.location())
                .as("t")
                .merge(session.createDataFrame(rows, DeadLetterTable.SCHEMA).as("c"), same)
                .whenMatched()
                .update(anew)
                .whenNotMatched()
                .insertAll()
                .execute();
    }
}
