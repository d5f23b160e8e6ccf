package dev.sluice.deploy.gateway;

import dev.sluice.audit.ledger.Audited;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Line;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourceRange;
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
 * One micro-batch: write, record, and return, which lets Spark acknowledge it. A batch that is in the ledger already is
 * acknowledged without being written again; one that is not is written again and comes out the same.
 */
final class Batches implements VoidFunction2<Dataset<Row>, Long> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

    private final transient Parts parts;
    private final transient Progress progress = new Progress();
    private final transient List<Consumer<Audited>> listeners = new CopyOnWriteArrayList<>();
    private final transient ReentrantLock gate = new ReentrantLock(true);
    private transient boolean ended;

    /**
     * What a batch passes through.
     *
     * @param checkpoint where the stream notes what a batch reads
     * @param line decode, decide, protect
     * @param sinks write
     * @param recorder record
     * @param desk erasures, worked between batches
     */
    record Parts(Checkpoint checkpoint, Line line, DeltaSinks sinks, Recorder recorder, ErasureDesk desk) {}

    Batches(Parts parts) {
        this.parts = parts;
        // A start that finds nothing new has no batch to tell how far the ones before it came.
        parts.checkpoint()
                .acknowledged()
                .ifPresent(last -> progress.recorded(parts.checkpoint().ends(last)));
    }

    @Override
    public void call(Dataset<Row> batch, Long number) throws InterruptedException {
        gate.lockInterruptibly();
        try {
            BatchId id = new BatchId(parts.checkpoint().generation(), number);
            List<SourceRange> planned = parts.checkpoint().planned(number);
            Optional<Audited> recorded = parts.recorder().find(id);
            if (recorded.isEmpty()) {
                run(id, planned, batch);
            } else if (!recorded.get().receipt().ranges().equals(planned)) {
                // Its number stands for other records: what it would read now was never written.
                throw GatewayErrors.otherRanges(id, parts.checkpoint().folder());
            }
            progress.recorded(parts.checkpoint().ends(number));
        } finally {
            gate.unlock();
        }
    }

    /** Tells about every batch that is recorded from now on. */
    void onRecorded(Consumer<Audited> listener) {
        listeners.add(listener);
    }

    /** Where the stream notes what a batch reads. */
    Checkpoint checkpoint() {
        return parts.checkpoint();
    }

    /** How far the recorded batches have read. */
    Progress progress() {
        return progress;
    }

    /** Works erasure cases while no batch runs; refuses once {@link #endErasures} was called. */
    boolean workErasures() {
        gate.lock();
        try {
            if (!ended) {
                parts.desk().work();
            }
            return !ended;
        } finally {
            gate.unlock();
        }
    }

    /** Returns when no erasure is worked, and none will be. */
    void endErasures() {
        between(() -> ended = true);
    }

    /** Runs that while no batch runs; a batch that wants to start waits for it. */
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
        Audited audited = parts.recorder().record(receipt);
        LOG.atInfo()
                .addKeyValue("batch", id.text())
                .addKeyValue("in", receipt.counts().in())
                .addKeyValue("leaf", audited.leaf())
                .log("batch recorded");
        listeners.forEach(listener -> listener.accept(audited));
    }
}
