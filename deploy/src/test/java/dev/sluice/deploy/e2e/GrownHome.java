package dev.sluice.deploy.e2e;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.TableCommit;
import dev.sluice.sinks.commit.CommitNote;
import dev.sluice.sinks.direct.DirectCommit;
import dev.sluice.sinks.direct.DirectTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

/**
 * Adds batches to the home of a played demo, each with a commit of one row to every table and a receipt in the ledger,
 * as a gateway leaves them that has run for a while.
 */
final class GrownHome {

    private final Home home;
    private final Configuration conf = new Configuration();

    private GrownHome(Home home) {
        this.home = home;
    }

    /** Adds that many batches to the home. */
    static void grow(Path home, List<String> tables, int batches) {
        GrownHome grown = new GrownHome(Home.existing(home));
        try (Ledger ledger = new HomeLedger(grown.home).open()) {
            for (int number = 0; number < batches; number++) {
                ledger.record(grown.batch(tables, number));
            }
        }
    }

    private Receipt batch(List<String> tables, int number) {
        SourceRange range = new SourceRange(new SourcePartition("grown.public.rows", "", 0), number, number + 1);
        BatchPlan plan = new BatchPlan(new BatchId("grown", number), List.of(range));
        Counts counts = new Counts(1, 1, 0, 0, 0, 0, 0);
        List<TableCommit> commits = new ArrayList<>();
        for (String path : tables) {
            String dataset = path.substring(path.indexOf('/') + 1);
            commits.add(new TableCommit(dataset, path, commit(plan, path), counts, List.of()));
        }
        return new Receipt(plan.id(), plan.ranges(), counts, new Receipt.Seen(1, 0, null, null), commits, null);
    }

    private long commit(BatchPlan batch, String path) {
        String location = new Lake(home.lake().toString(), "grown", "").location(path);
        DirectTable table = DirectTable.open(location, conf).orElseThrow();
        List<Row> rows = new ArrayList<>();
        table.forEach(table.schema(), rows::add);
        return new DirectCommit(location, conf, new DirectCommit.Columns(table.schema(), table.properties()))
                .append(
                        Optional.of(table),
                        rows.subList(0, 1),
                        DirectCommit.Stamp.repeatable(
                                CommitNote.of(batch, path, Counts.NONE).text()));
    }
}
