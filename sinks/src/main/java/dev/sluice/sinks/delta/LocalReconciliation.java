package dev.sluice.sinks.delta;

import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.history.HistoryDelta;
import dev.sluice.sinks.history.Version;
import dev.sluice.sinks.intake.EventCodec;
import dev.sluice.sinks.intake.IntakeRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The arithmetic on the driver: right for the small batches of a stream, where a shuffle would cost more than it does. */
final class LocalReconciliation implements Reconciled {

    private final HistoryTable table;
    private final Map<String, KeyWork> keys = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Row> latent = new ArrayList<>();
    private Tally tally = Tally.NONE;

    LocalReconciliation(HistoryTable table) {
        this.table = table;
    }

    void arriving(List<Row> changes) {
        for (Row change : changes) {
            work(change.getString(IntakeRows.KEY)).arriving.add(EventCodec.decode(change.getAs(IntakeRows.PAYLOAD)));
        }
    }

    void stored(List<Row> versions) {
        VersionRows codec = new VersionRows(table.columns());
        for (Row row : versions) {
            work(row.getString(codec.keyColumn())).stored.add(codec.version(row));
        }
    }

    void remembered(String key, Event event) {
        work(key).remembered.add(event);
    }

    private KeyWork work(String key) {
        return keys.computeIfAbsent(key, k -> new KeyWork());
    }

    /** Runs the arithmetic of every key. */
    LocalReconciliation run(LatentTable.Home home, List<Event> truncates) {
        VersionRows codec = new VersionRows(table.columns());
        keys.forEach((key, work) -> {
            HistoryDelta delta = work.apply(truncates);
            tally = tally.plus(work.tally(delta));
            for (Version version : delta.upserts()) {
                rows.add(codec.row(key, version));
            }
            delta.removals().forEach(seq -> rows.add(codec.removal(key, seq)));
            delta.latent().forEach(event -> latent.add(LatentTable.row(home, key, event)));
        });
        keys.clear();
        return this;
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public Dataset<Row> rows(SparkSession session) {
        return session.createDataFrame(rows, table.columns().schema());
    }

    @Override
    public Dataset<Row> latent(SparkSession session) {
        return session.createDataFrame(latent, LatentTable.SCHEMA);
    }

    @Override
    public void release() {
        rows.clear();
        latent.clear();
    }
}
