package dev.sluice.sinks.delta;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import dev.sluice.sinks.Lake;
import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.history.PositionConflict;
import dev.sluice.sinks.intake.HistoryEventCodec;
import dev.sluice.sinks.intake.IntakeRows;
import dev.sluice.sinks.layout.HistoryTable;
import dev.sluice.sinks.layout.LatentTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Computes what a batch changes in a table, on the driver or in Spark tasks, whichever fits. Thread-safe. */
final class Differences {

    private final SparkSession session;
    private final Lake lake;
    private final DirectAccess access;
    private final BatchFrame frame;
    private final LatentReader latent;

    Differences(SparkSession session, Lake lake, DirectAccess access, BatchFrame frame, LatentReader latent) {
        this.session = session;
        this.lake = lake;
        this.access = access;
        this.frame = frame;
        this.latent = latent;
    }

    /** The difference that the batch makes to that table. */
    DatasetWork.Difference of(DatasetWork.DatasetShare share, HistoryTable table) {
        LatentTable.RowContext context = context(share);
        List<Event> truncates = new ArrayList<>(latent.truncates(share.name()));
        Set<String> known = new HashSet<>();
        truncates.forEach(event -> known.add(event.identity()));
        List<Row> fresh = new ArrayList<>();
        long repeated = 0;
        for (Row row : frame.collect(share.name(), IntakeRows.TRUNCATE)) {
            Event truncate = HistoryEventCodec.decode(row.getAs(IntakeRows.PAYLOAD));
            if (known.add(truncate.identity())) {
                truncates.add(truncate);
                fresh.add(LatentTable.row(context, null, truncate));
            } else {
                repeated++;
            }
        }
        try {
            // A truncate is about keys that are not in the batch; only a table that is read anyway shows them.
            boolean small = frame.isLocal() && (table.direct() || fresh.isEmpty());
            Reconciled rows = small
                    ? locally(share, table, new Truncates(truncates, !fresh.isEmpty()))
                    : inSpark(share, table, truncates);
            return new DatasetWork.Difference(table, rows, fresh, repeated);
        } catch (PositionConflict conflict) {
            throw SinkErrors.positionConflict(share.dataset().topic(), conflict);
        }
    }

    /**
     * Truncates of a dataset.
     *
     * @param all all that are known
     * @param fresh whether some came with this batch
     */
    private record Truncates(List<Event> all, boolean fresh) {}

    private Reconciled locally(DatasetWork.DatasetShare share, HistoryTable table, Truncates truncates) {
        List<Row> changes = frame.collect(share.name(), IntakeRows.CHANGE);
        LocalReconciliation local = new LocalReconciliation(table, access);
        local.arriving(changes);
        Set<String> freed = latent.freed().getOrDefault(share.name(), Set.of());
        freed.forEach(local::touch);
        if (table.direct()) {
            local.storedDirectly(truncates.fresh());
        } else if (table.exists()) {
            List<String> keys = Stream.concat(
                            freed.stream(), changes.stream().map(row -> row.getString(IntakeRows.KEY)))
                    .distinct()
                    .toList();
            Dataset<Row> wanted = session.createDataset(keys, Encoders.STRING()).toDF("k");
            local.stored(table.versions(session, broadcast(wanted)).collectAsList());
        }
        List<Row> events = truncates.fresh() ? latent.allEvents(share.name()) : latent.events(share.name());
        events.forEach(row -> local.remembered(row.getString(LatentTable.KEY), LatentTable.event(row)));
        local.missing(frame.missing());
        LatentTable.RowContext context = context(share);
        return local.run(context, truncates.all());
    }

    private Reconciled inSpark(DatasetWork.DatasetShare share, HistoryTable table, List<Event> truncates) {
        Dataset<Row> changes = frame.of(share.name(), IntakeRows.CHANGE);
        Dataset<Row> keys = changes.select(col("key").as("k"));
        if (table.exists()) {
            for (Row row : frame.collect(share.name(), IntakeRows.TRUNCATE)) {
                keys = keys.union(table.keysBefore(session, row.getString(IntakeRows.SEQ)));
            }
        }
        keys = keys.distinct();
        Dataset<Row> pieces = SparkReconciliation.arriving(changes)
                .union(SparkReconciliation.remembered(latent.events(share.name(), keys)));
        if (table.exists()) {
            pieces = pieces.union(SparkReconciliation.stored(table, table.versions(session, keys)));
        }
        LatentTable.RowContext context = context(share);
        SparkReconciliation.Knowledge known = new SparkReconciliation.Knowledge(truncates, frame.missing());
        return SparkReconciliation.of(table, context, pieces, known);
    }

    private LatentTable.RowContext context(DatasetWork.DatasetShare share) {
        return new LatentTable.RowContext(
                lake.consumer(), share.name(), latent.batch().text());
    }
}
