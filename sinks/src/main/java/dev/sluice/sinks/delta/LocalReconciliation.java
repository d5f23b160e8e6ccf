package dev.sluice.sinks.delta;

import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.direct.DirectCommit;
import dev.sluice.sinks.direct.DirectRead;
import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.history.HistoryDelta;
import dev.sluice.sinks.history.MissingEvent;
import dev.sluice.sinks.history.Version;
import dev.sluice.sinks.intake.HistoryEventCodec;
import dev.sluice.sinks.intake.IntakeRows;
import dev.sluice.sinks.layout.HistoryTable;
import dev.sluice.sinks.layout.LatentTable;
import dev.sluice.sinks.layout.TableColumns;
import dev.sluice.sinks.layout.VersionRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Computes a difference on the driver. Fit for the small batches of a stream, where a shuffle would cost more than the
 * arithmetic.
 */
final class LocalReconciliation implements Reconciled {

    private final HistoryTable table;
    private final DirectAccess access;
    private final Map<String, KeyWork> keys = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final Set<List<String>> gone = new HashSet<>();
    private final List<Row> latent = new ArrayList<>();
    private @Nullable DirectRead read;
    private ChangeTally tally = ChangeTally.NONE;

    LocalReconciliation(HistoryTable table, DirectAccess access) {
        this.table = table;
        this.access = access;
    }

    void arriving(List<Row> changes) {
        for (Row change : changes) {
            work(change.getString(IntakeRows.KEY))
                    .arriving
                    .add(HistoryEventCodec.decode(change.getAs(IntakeRows.PAYLOAD)));
        }
    }

    void stored(List<Row> versions) {
        VersionRows codec = new VersionRows(table.columns());
        for (Row row : versions) {
            work(row.getString(codec.keyColumn())).stored.add(codec.version(row));
        }
    }

    /** Takes the stored versions of the arriving keys, or of all keys, from a read without Spark. */
    void storedDirectly(boolean allKeys) {
        table.snapshot().ifPresent(snapshot -> {
            Set<String> wanted = Set.copyOf(keys.keySet());
            List<String> key = List.of(table.columns().names().key());
            DirectRead found = DirectRead.of(
                    snapshot, table.columns().schema(), key, texts -> allKeys || wanted.contains(texts.get(0)));
            stored(found.rows(texts -> allKeys || wanted.contains(texts.get(0))));
            read = found;
        });
    }

    /** Computes that key though no change of the key arrives. */
    void touch(String key) {
        work(key);
    }

    void remembered(String key, Event event) {
        work(key).remembered.add(event);
    }

    /** Takes the events that are dead letters, of keys that are known here. */
    void missing(Map<String, List<MissingEvent>> missing) {
        keys.forEach((key, work) -> work.missing.addAll(missing.getOrDefault(key, List.of())));
    }

    private KeyWork work(String key) {
        return keys.computeIfAbsent(key, k -> new KeyWork());
    }

    /** Runs the arithmetic of every key. */
    LocalReconciliation run(LatentTable.RowContext context, List<Event> truncates) {
        VersionRows codec = new VersionRows(table.columns());
        keys.forEach((key, work) -> {
            HistoryDelta delta = work.apply(truncates);
            tally = tally.plus(work.tally(delta));
            for (Version version : delta.upserts()) {
                rows.add(codec.row(key, version));
                gone.add(List.of(key, version.seq()));
            }
            for (String seq : delta.removals()) {
                rows.add(codec.removal(key, seq));
                gone.add(List.of(key, seq));
            }
            delta.latent().forEach(event -> latent.add(LatentTable.row(context, key, event)));
        });
        keys.clear();
        return this;
    }

    @Override
    public ChangeTally tally() {
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
    public Optional<List<Row>> latentRows() {
        return Optional.of(latent);
    }

    @Override
    public Optional<ToLongFunction<DirectCommit.Stamp>> direct() {
        return table.direct() ? Optional.of(this::writeDirectly) : Optional.empty();
    }

    private long writeDirectly(DirectCommit.Stamp stamp) {
        TableColumns columns = table.columns();
        DirectCommit commit = access.commit(
                table.target().location(), new DirectCommit.Columns(columns.schema(), table.properties()));
        int op = columns.business().size() + 3;
        List<Row> visible = rows.stream().filter(row -> !row.isNullAt(op)).toList();
        DirectRead before = read;
        if (before == null || tally.touching() == 0) {
            return commit.append(table.snapshot(), visible, stamp);
        }
        List<String> identity = List.of(columns.names().key(), columns.names().seq());
        return commit.replace(before, identity, gone, visible, stamp);
    }

    @Override
    public void release() {
        rows.clear();
        latent.clear();
        gone.clear();
        read = null;
    }
}
