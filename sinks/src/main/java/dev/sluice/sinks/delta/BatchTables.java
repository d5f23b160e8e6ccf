package dev.sluice.sinks.delta;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.commit.CommitLog;
import dev.sluice.sinks.commit.TableWriter;
import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.direct.DirectTable;
import dev.sluice.sinks.intake.BatchSummary;
import dev.sluice.sinks.intake.TableShape;
import dev.sluice.sinks.layout.HistoryTable;
import dev.sluice.sinks.layout.TableColumns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Computes what a batch changes in each table. Reads; writes nothing. */
final class BatchTables {

    private final SparkSession session;
    private final Lake lake;
    private final DirectAccess access;
    private final BatchFrame frame;
    private final BatchPlan batch;

    BatchTables(SparkSession session, Lake lake, DirectAccess access, BatchFrame frame, BatchPlan batch) {
        this.session = session;
        this.lake = lake;
        this.access = access;
        this.frame = frame;
        this.batch = batch;
    }

    /** The work of every dataset of the batch, by name. All names and types are checked before anything is computed. */
    List<DatasetWork> work(TableWriter writer, int parallel) {
        List<DatasetWork> work = new ArrayList<>();
        List<DatasetWork.DatasetShare> open = new ArrayList<>();
        LatentReader latent = new LatentReader(session, lake, access, batch.id()).freeing(frame.freed());
        List<DatasetWork.DatasetShare> shares = shares();
        shares.addAll(withoutChanges(latent.freed().keySet()));
        for (DatasetWork.DatasetShare share : shares) {
            Optional<CommitLog.Found> found = writer.alreadyWritten(share.target(), batch);
            found.ifPresentOrElse(commit -> work.add(DatasetWork.done(share, commit)), () -> open.add(share));
        }
        latent.collect(open.stream().map(DatasetWork.DatasetShare::name).toList(), frame);
        List<HistoryTable> tables = open.stream().map(this::table).toList();
        Differences differences = new Differences(session, lake, access, frame, latent);
        List<Callable<DatasetWork>> steps = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            DatasetWork.DatasetShare share = open.get(i);
            HistoryTable table = tables.get(i);
            steps.add(() -> DatasetWork.toDo(share, differences.of(share, table)));
        }
        work.addAll(InParallel.run(batch.id(), parallel, steps));
        return work;
    }

    private List<DatasetWork.DatasetShare> shares() {
        BatchSummary summary = frame.summary();
        List<DatasetWork.DatasetShare> shares = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        summary.datasets().forEach((name, dataset) -> {
            // A topic's other records are counted once, with the first dataset that it carries.
            List<String> topics = dataset.topics().stream().filter(taken::add).toList();
            Counts others = topics.stream().map(summary::others).reduce(Counts.NONE, Counts::plus);
            DatasetId id = dataset.shapes().iterator().next().dataset();
            String path = lake.tablePath(id);
            TableWriter.Target target = new TableWriter.Target(lake.location(path), path);
            List<String> plans = List.copyOf(new TreeSet<>(dataset.plans()));
            shares.add(new DatasetWork.DatasetShare(name, id, target, topics, plans, others));
        });
        return shares;
    }

    /** The shares of datasets that have a table and no change in the batch. They answer for no record. */
    private List<DatasetWork.DatasetShare> withoutChanges(Set<String> names) {
        List<DatasetWork.DatasetShare> shares = new ArrayList<>();
        for (String name : new TreeSet<>(names)) {
            Optional<DatasetId> id =
                    frame.summary().datasets().containsKey(name) ? Optional.empty() : Lake.dataset(name);
            id.filter(dataset ->
                            access.open(lake.location(lake.tablePath(dataset))).isPresent())
                    .ifPresent(dataset -> {
                        String path = lake.tablePath(dataset);
                        TableWriter.Target target = new TableWriter.Target(lake.location(path), path);
                        shares.add(
                                new DatasetWork.DatasetShare(name, dataset, target, List.of(), List.of(), Counts.NONE));
                    });
        }
        return shares;
    }

    private HistoryTable table(DatasetWork.DatasetShare share) {
        Map<String, BatchSummary.DatasetSummary> datasets = frame.summary().datasets();
        BatchSummary.DatasetSummary dataset = datasets.get(share.name());
        Set<TableShape> shapes = dataset == null ? Set.of() : dataset.shapes();
        String location = share.target().location();
        Optional<DirectTable> snapshot = access.open(location);
        StructType stored = snapshot.map(DirectTable::schema).orElseGet(StructType::new);
        TableColumns columns = TableColumns.of(lake, share.dataset(), shapes, stored);
        boolean direct = !columns.needMapping() && access.allowed(location, snapshot, columns.schema());
        return new HistoryTable(share.target(), columns, stored, snapshot, direct && frame.isLocal());
    }
}
