package dev.sluice.sinks.deadletter;

import static org.apache.spark.sql.functions.col;

import dev.sluice.sinks.BatchId;
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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Reads the dead letters that an earlier run of a batch wrote, and corrects them. Not thread-safe. */
final class EarlierRun {

    private static final List<String> IDENTITY = List.of("output", "batch_id", "id");

    private final TableWriter writer;
    private final DirectAccess access;
    private final TableWriter.Target target;
    private final String output;
    private final BatchId batch;
    private final Optional<DirectTable> table;
    private final Map<String, String> topics = new HashMap<>();

    private EarlierRun(
            TableWriter writer, DirectAccess access, TableWriter.Target target, String output, BatchId batch) {
        this.writer = writer;
        this.access = access;
        this.target = target;
        this.output = output;
        this.batch = batch;
        this.table = access.open(target.location())
                .filter(found -> access.allowed(target.location(), Optional.of(found), DeadLetterTable.SCHEMA));
    }

    /** Reads what the batch has in the table. */
    static EarlierRun of(
            TableWriter writer, DirectAccess access, TableWriter.Target target, String output, BatchId batch) {
        EarlierRun run = new EarlierRun(writer, access, target, output, batch);
        for (Row row : run.table.map(found -> run.read(found).rows(run::isOurs)).orElseGet(run::readInSpark)) {
            run.topics.put(row.getString(DeadLetterTable.ID), row.getString(DeadLetterTable.DATASET));
        }
        return run;
    }

    /** The rows that the earlier run did not write. */
    List<Row> missing(List<Row> rows) {
        return rows.stream()
                .filter(row -> !topics.containsKey(row.getString(DeadLetterTable.ID)))
                .toList();
    }

    /** Ids that the earlier run wrote and that are not among the rows, those of settled topics left out. */
    Set<String> surplus(List<Row> rows, Set<String> settled) {
        Set<String> surplus = new HashSet<>(topics.keySet());
        rows.forEach(row -> surplus.remove(row.getString(DeadLetterTable.ID)));
        surplus.removeIf(id -> settled.contains(topics.get(id)));
        return surplus;
    }

    /**
     * Adds and removes dead letters, in one commit. A removal loses no record, because the batch is not acknowledged
     * yet.
     */
    CommitLog.Found correct(CommitNote note, List<Row> missing, Set<String> surplus) {
        return table.map(found -> directly(found, note, missing, surplus))
                .orElseGet(() -> writer.amend(target, batch, note, session -> merge(session, missing, surplus)));
    }

    private CommitLog.Found directly(DirectTable found, CommitNote note, List<Row> missing, Set<String> surplus) {
        Set<List<String>> gone = new HashSet<>();
        surplus.forEach(id -> gone.add(List.of(output, batch.text(), id)));
        DirectCommit commit =
                access.commit(target.location(), new DirectCommit.Columns(DeadLetterTable.SCHEMA, found.properties()));
        DirectCommit.Stamp stamp = DirectCommit.Stamp.repeatable(note.text());
        return new CommitLog.Found(commit.replace(read(found), IDENTITY, gone, missing, stamp), note);
    }

    private DirectRead read(DirectTable found) {
        Predicate<List<String>> ours = this::isOurs;
        return DirectRead.of(found, DeadLetterTable.SCHEMA, IDENTITY, ours);
    }

    private boolean isOurs(List<String> identity) {
        return identity.get(0).equals(output) && identity.get(1).equals(batch.text());
    }

    private List<Row> readInSpark() {
        List<Row> rows = new ArrayList<>();
        writer.inSession(session -> rows.addAll(session.read()
                .format("delta")
                .load(target.location())
                .filter(col("output").equalTo(output).and(col("batch_id").equalTo(batch.text())))
                .collectAsList()));
        return rows;
    }

    /** A row without a code says to take the letter out. */
    private void merge(SparkSession session, List<Row> missing, Set<String> surplus) {
        List<Row> rows = new ArrayList<>(missing);
        for (String id : surplus) {
            Object[] cells = new Object[DeadLetterTable.SCHEMA.size()];
            cells[DeadLetterTable.ID] = id;
            cells[DeadLetterTable.OUTPUT] = output;
            cells[DeadLetterTable.BATCH] = batch.text();
            rows.add(RowFactory.create(cells));
        }
        Dataset<Row> changes = session.createDataFrame(rows, DeadLetterTable.SCHEMA);
        Column same = IDENTITY.stream()
                .map(name -> col("t." + name).equalTo(col("c." + name)))
                .reduce(Column::and)
                .orElseThrow();
        DeltaTable.forPath(session, target.location())
                .as("t")
                .merge(changes.as("c"), same)
                .whenMatched(col("c.code").isNull())
                .delete()
                .whenNotMatched(col("c.code").isNotNull())
                .insertAll()
                .execute();
    }
}
