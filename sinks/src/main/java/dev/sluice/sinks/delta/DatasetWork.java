package dev.sluice.sinks.delta;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.TableCommit;
import dev.sluice.sinks.commit.CommitLog;
import dev.sluice.sinks.commit.CommitNote;
import dev.sluice.sinks.commit.TableWriter;
import dev.sluice.sinks.direct.DirectCommit;
import dev.sluice.sinks.layout.HistoryTable;
import dev.sluice.sinks.layout.LatentTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaRuntimeException;
import org.jspecify.annotations.Nullable;

/** Writes one dataset's part of a batch: the part is committed already, or is a difference that is to be written. */
final class DatasetWork {

    private final DatasetShare share;
    private final CommitLog.@Nullable Found committed;
    private final @Nullable Difference difference;

    /**
     * Which dataset the part is of, and which records the part counts.
     *
     * @param name safe name of the dataset
     * @param dataset the dataset
     * @param target its table
     * @param topics topics all of whose records it counts
     * @param plans plans of its changes, sorted
     * @param others records of these topics that reach no table
     */
    record DatasetShare(
            String name,
            DatasetId dataset,
            TableWriter.Target target,
            List<String> topics,
            List<String> plans,
            Counts others) {}

    /**
     * What is to be written.
     *
     * @param table the table before the batch
     * @param rows the difference of its keys
     * @param truncates new truncates, as rows of the latent table
     * @param knownTruncates arriving truncates that were known
     */
    record Difference(HistoryTable table, Reconciled rows, List<Row> truncates, long knownTruncates) {}

    private DatasetWork(DatasetShare share, CommitLog.@Nullable Found committed, @Nullable Difference difference) {
        this.share = share;
        this.committed = committed;
        this.difference = difference;
    }

    /** A dataset whose table has the batch already. */
    static DatasetWork done(DatasetShare share, CommitLog.Found committed) {
        return new DatasetWork(share, committed, null);
    }

    /** A dataset that is to be written. */
    static DatasetWork toDo(DatasetShare share, Difference difference) {
        return new DatasetWork(share, null, difference);
    }

    /** Whether the table has the batch already. */
    boolean isDone() {
        return committed != null;
    }

    List<String> topics() {
        return committed == null ? share.topics() : committed.note().topics();
    }

    Counts counts() {
        if (committed != null) {
            return committed.note().counts();
        }
        Difference todo = difference();
        Reconciled.ChangeTally tally = todo.rows().tally();
        return Counts.ofChanges(
                        tally.applied() + todo.truncates().size(),
                        tally.duplicate() + todo.knownTruncates(),
                        tally.parked())
                .plus(share.others());
    }

    /** Whether there are events to remember. */
    boolean hasLatent() {
        return difference != null
                && (difference.rows().tally().latent() > 0
                        || !difference.truncates().isEmpty());
    }

    /** The events to remember. */
    Dataset<Row> latent(SparkSession session) {
        Dataset<Row> truncates = session.createDataFrame(difference().truncates(), LatentTable.SCHEMA);
        return difference().rows().latent(session).union(truncates);
    }

    /** The events to remember when they are on the driver. */
    Optional<List<Row>> latentRows() {
        return difference().rows().latentRows().map(rows -> {
            List<Row> all = new ArrayList<>(rows);
            all.addAll(difference().truncates());
            return all;
        });
    }

    /** The intervals that would be written or removed. */
    List<BatchPreview.IntervalChange> intervals(SparkSession session) {
        if (committed != null) {
            return List.of();
        }
        List<Row> rows = difference().rows().rows(session).collectAsList();
        return BatchPreview.intervals(
                share.target().table(),
                rows,
                difference().table().columns().business().size());
    }

    /** Writes the table, if the batch changes it; empty when it does not. */
    Optional<TableCommit> write(TableWriter writer, BatchPlan batch) {
        CommitLog.Found found = committed;
        if (found == null) {
            Reconciled.ChangeTally tally = difference().rows().tally();
            if (tally.rows() == 0) {
                return Optional.empty();
            }
            found = difference()
                    .rows()
                    .direct()
                    .map(write -> writeDirectly(writer, batch, write))
                    .orElseGet(() -> writeWithSpark(writer, batch));
        }
        return Optional.of(new TableCommit(
                share.dataset().topic(),
                found.note().table(),
                found.version(),
                found.note().counts(),
                found.note().planIds()));
    }

    private CommitLog.Found writeDirectly(
            TableWriter writer, BatchPlan batch, ToLongFunction<DirectCommit.Stamp> write) {
        CommitNote note = note(batch);
        return writer.writeDirectly(
                share.target(),
                batch.id(),
                note,
                id -> write.applyAsLong(new DirectCommit.Stamp(id, batch.id().number(), note.text())));
    }

    private CommitLog.Found writeWithSpark(TableWriter writer, BatchPlan batch) {
        HistoryTable table = difference().table();
        try {
            if (!table.lacking().isEmpty()) {
                writer.inSession(table::prepare);
            }
            return writer.write(share.target(), batch.id(), note(batch), this::put);
        } catch (Exception e) { // boundary of Spark, which throws checked ones undeclared; others go on
            if (e instanceof AnalysisException || e instanceof DeltaRuntimeException) {
                throw SinkErrors.refusedTable(share.dataset().topic(), e);
            }
            throw e;
        }
    }

    private void put(TableWriter.WriteScope scope) {
        SparkSession session = scope.session();
        HistoryTable table = difference().table();
        Dataset<Row> rows = difference().rows().rows(session);
        if (difference().rows().tally().touching() == 0) {
            int files = rows.isLocal() ? 1 : Math.max(1, session.sparkContext().defaultParallelism());
            table.append(rows.coalesce(files), scope.options());
        } else {
            table.merge(session, rows);
        }
    }

    private CommitNote note(BatchPlan batch) {
        return CommitNote.of(batch, share.target().table(), counts(), share.topics(), share.plans());
    }

    private Difference difference() {
        if (difference == null) {
            throw new IllegalStateException("The table holds the batch already, so there is no difference to write.");
        }
        return difference;
    }

    void release() {
        if (difference != null) {
            difference.rows().release();
        }
    }
}
