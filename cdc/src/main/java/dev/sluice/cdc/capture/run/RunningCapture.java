package dev.sluice.cdc.capture.run;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.CaptureErrors;
import dev.sluice.cdc.capture.Causes;
import dev.sluice.cdc.capture.DebeziumCapture;
import dev.sluice.cdc.capture.RawTopics;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.SnapshotErrors;
import dev.sluice.cdc.capture.table.SnapshotRequests;
import dev.sluice.cdc.registry.SchemaRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the capture of a source, and reads single tables anew when {@link SnapshotRequests} ask for that: a second,
 * smaller capture with a slot and an epoch of its own reads the table and its changes since. The capture of all tables
 * goes on without the table. When it has passed the snapshot, it stops; when the smaller capture has reached the same
 * position, that one ends, and the capture of all tables goes on with the table. After a crash the next start goes on
 * from the files that are left. What goes wrong with the smaller capture is tried again or refused, and never ends the
 * capture of all tables. Any thread may call the methods.
 */
public final class RunningCapture implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningCapture.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    private final CaptureConfig config;
    private final SchemaRegistry registry;
    private final CaptureFiles files;
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final Whole whole = new Whole();
    private @Nullable PartialCapture part;

    /** The capture of all tables, which begins again after each stop. */
    private final class Whole {
        private volatile DebeziumCapture capture = new DebeziumCapture(config, registry);
        private Future<?> watch = CompletableFuture.completedFuture(null);
        private boolean stopped;

        void start() {
            DebeziumCapture next = new DebeziumCapture(config, registry);
            capture = next;
            if (closing.getCount() > 0) {
                next.start();
            }
            stopped = false;
            watch.cancel(false);
            watch = next.completion().whenComplete((done, failure) -> {
                if (failure != null && capture == next) {
                    completion.completeExceptionally(failure);
                }
            });
        }

        void stop() {
            stopped = true;
            capture.close();
        }

        /** Starts again when what was to be done during a stop has failed. */
        void recover() {
            if (stopped) {
                stop();
                start();
            }
        }
    }

    private RunningCapture(CaptureConfig config, SchemaRegistry registry) {
        this.config = config;
        this.registry = registry;
        this.files = new CaptureFiles(config.stateFolder());
        this.thread =
                new Thread(this::run, "capture-requests-" + config.source().name());
        thread.setDaemon(true);
    }

    /** Starts capture and returns at once; a state folder in use is refused here with {@code CDC-005}. */
    public static RunningCapture start(CaptureConfig config, SchemaRegistry registry) {
        RunningCapture capture = new RunningCapture(config, registry);
        capture.whole.start();
        capture.thread.start();
        return capture;
    }

    /** Done when capture ended, as {@link DebeziumCapture#completion} says. */
    public CompletableFuture<Void> completion() {
        return completion.copy();
    }

    /** Whether the first snapshot is in the raw topics, whole. */
    public boolean hasSnapshot() {
        return whole.capture.snapshotCompleted().isDone();
    }

    /** The outage after which capture is about to start again; empty while capture works. */
    public Optional<CaptureException> trouble() {
        return whole.capture.trouble();
    }

    /** Whether a table is read anew or soon will be, or the slot of such a capture is still there. */
    public boolean readsAnew() {
        return !files.requests().open().isEmpty() || files.hasPart();
    }

    /** Stops capture, as {@link DebeziumCapture#close} says. A table that is read anew goes on at the next start. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CaptureErrors.interrupted(e);
        }
        try (PartialCapture one = part) {
            LOG.atDebug().addKeyValue("alone", one == null).log("Capture stops.");
            whole.capture.close();
        }
        completion.complete(null);
    }

    private void run() {
        try {
            int failures = 0;
            Duration wait = LOOK;
            while (!closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                failures = isDone() ? 0 : failures + 1;
                wait = failures == 0 ? LOOK : config.retry().after(failures, ThreadLocalRandom.current());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            completion.completeExceptionally(CaptureErrors.interrupted(e));
        } catch (RuntimeException | Error e) { // boundary of the thread: the failure ends capture
            completion.completeExceptionally(Causes.of(config.source(), "reading a table anew", e));
        }
    }

    /** Whether what is to be done now was done; false when something is in the way. */
    private boolean isDone() throws InterruptedException {
        try {
            step();
            return true;
        } catch (CaptureException e) {
            log("A table cannot be read anew now. Capture tries again.", e);
            try {
                files.underWay().or(this::next).ifPresent(table -> files.requests()
                        .waits(table, e));
            } catch (CaptureException unwritable) {
                log("Why a table waits cannot be stored.", unwritable);
            }
            return false;
        }
    }

    private static void log(String what, CaptureException cause) {
        LOG.atWarn()
                .addKeyValue("code", cause.code())
                .addKeyValue("reason", cause.getMessage())
                .setCause(cause)
                .log(what);
    }

    private void step() throws InterruptedException {
        whole.recover();
        if (!hasSnapshot() || whole.capture.completion().isDone()) {
            return;
        }
        PartialCapture open = part;
        if (open != null) {
            goOn(open);
        } else if (files.hasPart() && files.running().isEmpty()) {
            retire();
        } else {
            files.requests().setAsideDamaged();
            files.running().or(this::next).ifPresent(this::begin);
        }
    }

    private Optional<TableName> next() {
        return files.requests().open().stream().findFirst();
    }

    private void begin(TableName table) {
        CaptureConfig one = config.part(table, files.part());
        boolean goesOn = files.isUnderWay(table) && files.hasPart();
        Optional<CaptureException> refusal = new SnapshotCheck(config, one).refusal(table, files.state(), goesOn);
        if (refusal.isPresent()) {
            refuse(table, refusal.get());
            return;
        }
        if (!files.isUnderWay(table)) {
            hold(table, SnapshotErrors.underWay(table));
        }
        LOG.atInfo().addKeyValue("table", table.toString()).log("A table is read anew.");
        part = PartialCapture.start(one, registry, files.snapshot(table));
        files.requests().remove(table); // a request that comes from now on asks for one more snapshot
    }

    private void failed(PartialCapture open, CaptureException failure) {
        part = null;
        CaptureException cause = failure.getCause() instanceof CaptureException last ? last : failure;
        if (cause.retryable()) {
            throw cause;
        }
        refuse(open.table(), cause);
    }

    /** Ends the request. A table that was held for it stays held for that cause; any other table stays as it was. */
    private void refuse(TableName table, CaptureException cause) {
        log("The table " + table + " was not read anew.", cause);
        if (files.isUnderWay(table)) {
            hold(table, cause);
        }
        files.requests().refuse(table, cause);
    }

    private void hold(TableName table, CaptureException cause) {
        whole.stop();
        files.hold(table, cause);
        whole.start();
    }

    private void goOn(PartialCapture open) throws InterruptedException {
        if (open.failure().isPresent()) {
            failed(open, open.failure().get());
        } else if (open.isOver()) { // a join before failed
            part = null;
        } else if (open.isNear(files.position())) {
            files.requests().cured(open.table());
            whole.stop();
            if (reached(open, files.position())) {
                join(open);
            }
            whole.start();
        }
    }

    /** Whether the smaller capture has every change up to that position; waits a while for that. */
    private boolean reached(PartialCapture open, Lsn position) throws InterruptedException {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        while (position.isAfter(open.position().orElseThrow())) {
            if (System.nanoTime() > deadline || closing.await(100, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    private void join(PartialCapture open) {
        open.close();
        part = null;
        try (RawTopics topics = new RawTopics(config)) {
            topics.cutBehind(open.table(), files.position());
        }
        files.join(open.snapshot());
        LOG.atInfo().addKeyValue("table", open.table().toString()).log("A table was read anew and flows again.");
    }

    /** Drops the slot of a smaller capture that is over, and forgets its files, as soon as no process uses the slot. */
    private void retire() {
        OwnSlot slot = new OwnSlot(
                config.replication().ofPart().slot(),
                config.source().database().name(),
                StateFolder.known(files.part()));
        try (Connection connection = config.source().database().connect()) {
            if (slot.isGone(connection)) {
                files.retire();
            }
        } catch (SQLException e) {
            throw Causes.sql(config.source().database(), e);
        }
    }
}
