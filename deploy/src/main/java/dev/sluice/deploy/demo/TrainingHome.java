package dev.sluice.deploy.demo;

import dev.sluice.audit.event.GatewayStarted;
import dev.sluice.audit.event.PolicyActivated;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.policy.decision.Plan;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.TableCommit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Makes a home with keys, a policy folder, some batches in the ledger and one governed row, without a part and without
 * a person. The training of the quick starts asks its questions there, so that the class archive holds what an answer
 * needs, also what reads the checkpoint of a table's log.
 */
public final class TrainingHome {

    /** The only table. */
    public static final String TABLE = "words";

    /** The key of the only row. */
    public static final String KEY = "hello";

    /** So many that Delta writes a checkpoint of the log, and commits after that. */
    static final int BATCHES = 24;

    static final DatasetId DATASET = new DatasetId("training", "public", TABLE);
    static final String PLAN = "sha256:training";
    private static final String CONSUMER = "training";

    private TrainingHome() {}

    /** Makes the home in the folder that the first argument names. */
    public static void main(String[] args) throws IOException {
        Home home = Home.open(Path.of(args[0]));
        DemoHome.copyPolicy(home.root().resolve("policy"));
        Custody.open(home).close();
        TrainingTable table = new TrainingTable(new Lake(home.lake().toString(), CONSUMER, ""));
        try (Ledger ledger = new HomeLedger(home).open()) {
            ledger.append(new GatewayStarted(Instant.now(), "training", "", "", "training"));
            ledger.append(activation());
            for (int number = 0; number < BATCHES; number++) {
                BatchPlan batch = batch(number);
                ledger.record(receipt(batch, table.path(), table.commit(batch)));
            }
        }
    }

    private static BatchPlan batch(long number) {
        SourceRange range = new SourceRange(new SourcePartition(DATASET.topic(), "", 0), number, number + 1);
        return new BatchPlan(new BatchId("training", number), List.of(range));
    }

    private static Receipt receipt(BatchPlan batch, String path, long version) {
        Counts one = new Counts(1, 1, 0, 0, 0, 0, 0);
        return new Receipt(
                batch.id(),
                batch.ranges(),
                one,
                new Receipt.Seen(1, 0, null, null),
                List.of(new TableCommit(DATASET.topic(), path, version, one, List.of(PLAN))),
                null);
    }

    private static PolicyActivated activation() {
        return new PolicyActivated(
                Instant.now(),
                PLAN,
                new PolicyActivated.ActivationScope(DATASET.topic(), "training", CONSUMER, "training"),
                new Plan.Revisions("training", "training", "training"),
                new PolicyActivated.PlanPart(
                        1, 1, List.of(new PolicyActivated.FieldRule("word", "keep", "training", "training", ""))));
    }
}
