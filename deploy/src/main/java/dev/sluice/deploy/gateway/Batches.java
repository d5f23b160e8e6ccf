package dev.sluice.deploy.gateway;

import dev.sluice.audit.ledger.Audited;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Line;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.TableCommit;
import dev.sluice.sinks.delta.DeltaSinks;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one batch after the other from Spark: writes the batch, records the batch in the ledger, and returns, which
 * lets Spark acknowledge the batch. A batch that the ledger records already is acknowledged without being written
 * again; any other batch is written again and comes out the same. The order of the stages is on {@link Gateway}.
 */
final class Batches implements VoidFunction2<Dataset<Row>, Long> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

    private final transient Parts parts;
    private final transient Progress progress = new Progress();
    private final transient List<Consumer<Audited>> listeners = new CopyOnWriteArrayList<>();
    private final transient ReentrantLock gate = new ReentrantLock(true);

    /**
     * What a batch passes through.
     *
     * @param offsets which offsets a batch covers
     * @param line decode, decide, protect
     * @param sinks write
     * @param ledger record
     */
    record Parts(BatchOffsets offsets, Line line, DeltaSinks sinks, Ledger ledger) {}

    Batches(Parts parts) {
        this.parts = parts;
        // A start that finds nothing new has no batch that would say how far the earlier ones came.
        parts.offsets()
                .acknowledged()
                .ifPresent(last -> progress.recorded(parts.offsets().ends(last)));
    }

    @Override
    public void call(Dataset<Row> batch, Long number) throws InterruptedException {
        gate.lockInterruptibly();
        try {
            BatchId id = new BatchId(parts.offsets().generation(), number);
            List<SourceRange> planned = parts.offsets().planned(number);
            Optional<Audited> recorded = parts.ledger().find(id);
            if (recorded.isEmpty()) {
                run(id, planned, batch);
            } else if (!recorded.get().receipt().ranges().equals(planned)) {
                // The number stands for other records: what the batch would read now was never written.
                throw GatewayErrors.otherRanges(id, parts.offsets().folder());
            }
            progress.recorded(parts.offsets().ends(number));
        } finally {
            gate.unlock();
        }
    }

    /** Calls the listener with every batch that is recorded from now on. */
    void onRecorded(Consumer<Audited> listener) {
        listeners.add(listener);
    }

    /** Which offsets a batch covers. */
    BatchOffsets offsets() {
        return parts.offsets();
    }

    /** How far the recorded batches have read. */
    Progress progress() {
        return progress;
    }

    /** Runs the work while no batch runs; a batch that wants to start waits for the work. */
    void between(Runnable work) {
        gate.lock();
        try {
            work.run();
        } finally {
            gate.unlock();
        }
    }

    private void run(BatchId id, List<SourceRange> planned, Dataset<Row> batch) {
        Receipt receipt = parts.sinks().write(id, batch, parts.line()).over(planned);
        requirePlans(receipt);
        Audited audited = parts.ledger().record(receipt);
        LOG.atInfo()
                .addKeyValue("batch", id.text())
                .addKeyValue("in", receipt.counts().in())
                .addKeyValue("leaf", audited.leaf())
                .log("Batch recorded");
        listeners.forEach(listener -> listener.accept(audited));
    }

    /** A batch whose rows carry a plan that the ledger does not explain is not recorded. */
    private void requirePlans(Receipt receipt) {
        for (TableCommit table : receipt.tables()) {
            for (String planId : table.planIds()) {
                if (parts.ledger().leavesOf(planId).isEmpty()) {
                    throw GatewayErrors.planUnknown(planId);
                }
            }
        }
    }
}
