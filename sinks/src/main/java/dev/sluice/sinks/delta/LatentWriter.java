package dev.sluice.sinks.delta;

import static org.apache.spark.sql.functions.col;

import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.commit.CommitNote;
import dev.sluice.sinks.commit.TableWriter;
import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.direct.DirectCommit;
import dev.sluice.sinks.direct.DirectTable;
import dev.sluice.sinks.layout.LatentTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Stores the latent events of a batch, in one commit, before any history table has the batch. */
final class LatentWriter {

    private final Lake lake;
    private final DirectAccess access;
    private final TableWriter writer;

    LatentWriter(Lake lake, DirectAccess access, TableWriter writer) {
        this.lake = lake;
        this.access = access;
        this.writer = writer;
    }

    static TableWriter.Target target(Lake lake) {
        return new TableWriter.Target(lake.location(Lake.LATENT), Lake.LATENT + "/" + lake.consumer());
    }

    void write(BatchPlan batch, List<DatasetWork> work) {
        List<DatasetWork> remembering =
                work.stream().filter(DatasetWork::hasLatent).toList();
        if (remembering.isEmpty()) {
            return;
        }
        TableWriter.Target target = target(lake);
        if (writer.alreadyWritten(target, batch).isPresent()) {
            complete(target, batch, remembering);
            return;
        }
        Optional<DirectTable> table = access.open(target.location());
        Optional<List<Row>> rows = rows(remembering);
        CommitNote note = note(target, batch);
        if (rows.isPresent() && access.allowed(target.location(), table, LatentTable.SCHEMA)) {
            DirectCommit commit = access.commit(
                    target.location(), new DirectCommit.Columns(LatentTable.SCHEMA, LatentTable.properties()));
            writer.writeDirectly(
                    target,
                    batch.id(),
                    note,
                    id -> commit.append(
                            table,
                            rows.get(),
                            new DirectCommit.Stamp(id, batch.id().number(), note.text())));
            return;
        }
        boolean exists = table.isPresent();
        writer.write(target, batch.id(), note, scope -> {
            DataFrameWriter<Row> rowWriter = writer(union(scope.session(), remembering), exists);
            rowWriter.options(scope.options()).save(target.location());
        });
    }

    /** All rows, when all of them are on the driver. */
    private static Optional<List<Row>> rows(List<DatasetWork> remembering) {
        List<Row> all = new ArrayList<>();
        for (DatasetWork work : remembering) {
            Optional<List<Row>> rows = work.latentRows();
            if (rows.isEmpty()) {
                return rows;
            }
            all.addAll(rows.get());
        }
        return Optional.of(all);
    }

    /**
     * Adds the latent events that the earlier run did not write, because a replay under another policy may find other
     * events latent. The commit carries no transaction id, because Delta skips a second write under the id of the
     * batch.
     */
    private void complete(TableWriter.Target target, BatchPlan batch, List<DatasetWork> remembering) {
        writer.inSession(own -> {
            Dataset<Row> written = LatentTable.of(own, target.location(), lake.consumer())
                    .filter(col("written_by").equalTo(batch.id().text()))
                    .select(
                            col("dataset").as("d"),
                            col("key").as("k"),
                            col("seq").as("s"));
            Dataset<Row> missing = union(own, remembering)
                    .join(
                            written,
                            col("dataset")
                                    .equalTo(col("d"))
                                    .and(col("key").eqNullSafe(col("k")))
                                    .and(col("seq").equalTo(col("s"))),
                            "left_anti");
            List<Row> rows = missing.collectAsList();
            if (!rows.isEmpty()) {
                writer(own.createDataFrame(rows, LatentTable.SCHEMA), true).save(target.location());
            }
        });
    }

    private static Dataset<Row> union(SparkSession own, List<DatasetWork> remembering) {
        Optional<Dataset<Row>> all =
                remembering.stream().map(work -> work.latent(own)).reduce(Dataset::union);
        return all.orElseThrow();
    }

    private static DataFrameWriter<Row> writer(Dataset<Row> rows, boolean exists) {
        DataFrameWriter<Row> add = rows.coalesce(1).write().format("delta").mode("append");
        return exists ? add : add.options(LatentTable.properties());
    }

    private static CommitNote note(TableWriter.Target target, BatchPlan batch) {
        return CommitNote.of(batch, target.table(), Counts.NONE);
    }
}
