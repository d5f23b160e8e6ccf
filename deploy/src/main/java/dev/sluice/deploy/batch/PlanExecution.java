package dev.sluice.deploy.batch;

import dev.sluice.audit.ledger.Audited;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.line.RecordLine;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Line;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.TableCommit;
import dev.sluice.sinks.deadletter.OpenLetters;
import dev.sluice.sinks.delta.BatchPreview;
import dev.sluice.sinks.delta.DeltaSinks;
import dev.sluice.sinks.query.GovernedTables;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes one plan: reads its records, writes the batch, and records the batch in the ledger. A plan that fails is
 * executed again and comes out the same. Used by one thread.
 */
public final class PlanExecution {

    private static final Logger LOG = LoggerFactory.getLogger(PlanExecution.class);

    private final PlanParts parts;
    private @Nullable DeltaSinks sinks;

    /** What a batch passes through, from left to right. */
    private record PlanParts(
            PlannedRecords topics, LetterRecords letters, RecordLine line, Supplier<DeltaSinks> sinks, Ledger ledger) {}

    private PlanExecution(PlanParts parts) {
        this.parts = parts;
    }

    /**
     * From where records are read.
     *
     * @param spark reads
     * @param client address and access of the broker with the raw topics, by the names that Kafka clients use
     * @param lake root of the lake with the dead letters
     * @param open says which dead letters are still open
     */
    public record Reads(SparkSession spark, Map<String, String> client, String lake, OpenLetters.Judge open) {}

    /**
     * Executes plans.
     *
     * @param line decode, decide, protect
     * @param sinks makes sinks that know only what is on disk
     * @param ledger record
     */
    public static PlanExecution of(Reads reads, RecordLine line, Supplier<DeltaSinks> sinks, Ledger ledger) {
        PlannedRecords topics = PlannedRecords.over(reads.spark(), reads.client());
        GovernedTables lake =
                new GovernedTables(reads.lake(), reads.spark().sparkContext().hadoopConfiguration());
        return new PlanExecution(
                new PlanParts(topics, new LetterRecords(reads.spark(), lake, reads.open()), line, sinks, ledger));
    }

    /**
     * Executes the plan.
     *
     * @return the proof that the ledger holds the batch
     * @throws DeployException {@code DEP-305} when rows carry a plan that the ledger does not explain
     */
    public Audited execute(BatchPlan plan) {
        DeltaSinks writer = sinks == null ? parts.sinks().get() : sinks;
        // Sinks remember what they committed. After a failure they ask the tables again.
        sinks = null;
        Receipt receipt = writer.write(plan, records(plan), line(plan));
        requirePlans(receipt);
        Audited audited = parts.ledger().record(receipt);
        sinks = writer;
        LOG.atInfo()
                .addKeyValue("batch", plan.id().text())
                .addKeyValue("in", receipt.counts().in())
                .addKeyValue("leaf", audited.leaf())
                .log("A batch was recorded.");
        return audited;
    }

    /** Says what the plan would change, and writes nothing. */
    public BatchPreview preview(BatchPlan plan) {
        return parts.sinks().get().preview(plan, records(plan), line(plan));
    }

    private Dataset<Row> records(BatchPlan plan) {
        return plan.isReplay() ? parts.letters().of(plan) : parts.topics().of(plan);
    }

    private Line line(BatchPlan plan) {
        return plan.isReplay() ? parts.line().ofLetters() : parts.line();
    }

    /** A batch whose rows carry a plan that the ledger does not explain is not recorded. */
    private void requirePlans(Receipt receipt) {
        for (TableCommit table : receipt.tables()) {
            for (String planId : table.planIds()) {
                if (parts.ledger().leavesOf(planId).isEmpty()) {
                    throw new DeployException(
                            "DEP-305",
                            "Rows carry the plan " + planId + ", which the ledger does not explain. The batch was not"
                                    + " recorded. Start again; the next start replays the batch.");
                }
            }
        }
    }
}
