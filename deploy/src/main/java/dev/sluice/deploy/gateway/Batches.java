package dev.sluice.deploy.gateway;

import dev.sluice.audit.ledger.Audited;
import dev.sluice.cdc.KnownFailure;
import dev.sluice.deploy.batch.PlanExecution;
import dev.sluice.deploy.lifecycle.Failures;
import dev.sluice.deploy.planner.Holds;
import dev.sluice.deploy.planner.Planner;
import dev.sluice.deploy.planner.TopicExtent;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.SourcePartition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes plans one after the other and holds a dataset whose batch fails. A batch that fails is executed again from
 * its plan and comes out the same. The order of the stages is on {@link Gateway}.
 */
final class Batches {

    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

    private final Parts parts;
    private final ReentrantLock gate = new ReentrantLock(true);

    /**
     * What batches need.
     *
     * @param planner decides what is read
     * @param topics says what the broker holds
     * @param execution reads, writes and records a plan
     * @param recorded called with every batch that is recorded
     */
    record Parts(Planner planner, TopicAdmin topics, PlanExecution execution, Consumer<Audited> recorded) {}

    Batches(Parts parts) {
        this.parts = parts;
    }

    /** Executes the next plan, if there is anything to read. */
    void next() {
        gate.lock();
        try {
            parts.planner().next(backlog().extents()).ifPresent(this::executeOrHold);
        } finally {
            gate.unlock();
        }
    }

    /**
     * What the raw topics hold at one moment.
     *
     * @param planner knows how far batches have read
     * @param extents the offsets of each partition at that moment
     */
    record Backlog(Planner planner, Map<SourcePartition, TopicExtent> extents) {

        /** Number of these offsets that no recorded batch has read yet; falls while batches run. */
        long missing() {
            return planner.missing(extents);
        }
    }

    /** The datasets that are held, by name; waits for the batch at hand. */
    List<Holds.Hold> holds() {
        between(() -> parts.planner().followCapture());
        return parts.planner().holds();
    }

    /** What the raw topics hold now. */
    Backlog backlog() {
        return new Backlog(
                parts.planner(), parts.topics().extents(parts.planner().topics()));
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

    private void executeOrHold(BatchPlan plan) {
        try {
            Audited audited = parts.execution().execute(plan);
            parts.planner().recorded(plan);
            parts.recorded().accept(audited);
        } catch (Exception e) { // boundary of Spark, which throws checked ones undeclared; what holds nothing goes on
            KnownFailure[] causes = Failures.ofDatasets(e).toArray(KnownFailure[]::new);
            if (!parts.planner().hold(plan, causes)) {
                throw e instanceof RuntimeException failure ? failure : GatewayErrors.batchFailed(plan.id(), e);
            }
            LOG.atWarn()
                    .addKeyValue("batch", plan.id().text())
                    .setCause(e)
                    .log("The datasets that cannot go on are held.");
        }
    }
}
