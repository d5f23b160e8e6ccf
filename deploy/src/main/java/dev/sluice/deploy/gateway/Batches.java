package dev.sluice.deploy.gateway;

import dev.sluice.audit.ledger.Audited;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Line;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.delta.DeltaSinks;
import java.util.List;
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
    private final transient List<Consumer<Receipt>> listeners = new CopyOnWriteArrayList<>();
    private final transient ReentrantLock gate = new ReentrantLock(true);
    private transient boolean ended;

    /**
     * What a batch passes through.
     *
     * @param generation name of the checkpoint's life
     * @param line decode, decide, protect
     * @param sinks write
     * @param recorder record
     * @param desk erasures, worked between batches
     */
    record Parts(String generation, Line line, DeltaSinks sinks, Recorder recorder, ErasureDesk desk) {}

    Batches(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void call(Dataset<Row> batch, Long number) throws InterruptedException {
        gate.lockInterruptibly();
        try {
            BatchId id = new BatchId(parts.generation(), number);
            Audited audited = parts.recorder().find(id).orElseGet(() -> run(id, batch));
            progress.recorded(audited.receipt());
        } finally {
            gate.unlock();
        }
    }

    /** Tells about every batch that is recorded from now on. */
    void onRecorded(Consumer<Receipt> listener) {
        listeners.add(listener);
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

    private Audited run(BatchId id, Dataset<Row> batch) {
        Receipt receipt = parts.sinks().write(id, batch, parts.line());
        Audited audited = parts.recorder().record(receipt);
        LOG.atInfo()
                .addKeyValue("batch", id.text())
                .addKeyValue("in", receipt.counts().in())
                .addKeyValue("leaf", audited.leaf())
                .log("batch recorded");
        listeners.forEach(listener -> listener.accept(receipt));
        return audited;
    }
}
