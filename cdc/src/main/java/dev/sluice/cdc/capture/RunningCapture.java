package dev.sluice.cdc.capture;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.epoch.TableSnapshot;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.ReplicationObjects;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.SnapshotRequests;
import dev.sluice.cdc.capture.table.TableErrors;
import dev.sluice.cdc.event.CrashPoint;
import dev.sluice.cdc.registry.SchemaRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the capture of a source, and reads single tables anew when {@link SnapshotRequests} ask for that: a second,
 * smaller capture with a slot and an epoch of its own reads the table and its changes since. The capture of all tables
 * goes on without the table. When it has passed the snapshot, it stops; when the smaller capture has reached the same
 * position, that one ends, and the capture of all tables goes on with the table. After a crash the next start goes on
 * from the files that are left. Any thread may call the methods.
 */
public final class RunningCapture implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningCapture.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    private final CaptureConfig config;
    private final SchemaRegistry registry;
    private final SnapshotRequests requests;
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile DebeziumCapture whole;
    private @Nullable PartialCapture part;

    /** A capture of one table, and where its snapshot is complete: null before that. */
    private record PartialCapture(TableSnapshot snapshot, DebeziumCapture capture, @Nullable Lsn complete) {}

    private RunningCapture(CaptureConfig config, SchemaRegistry registry) {
        this.config = config;
        this.registry = registry;
        this.requests = SnapshotRequests.in(config.stateFolder());
        this.whole = new DebeziumCapture(config, registry);
        this.thread =
                new Thread(this::run, "capture-requests-" + config.source().name());
        thread.setDaemon(true);
    }

    /** Starts capture and returns at once; a state folder in use is refused here with {@code CDC-005}. */
    public static RunningCapture start(CaptureConfig config, SchemaRegistry registry) {
        RunningCapture capture = new RunningCapture(config, registry);
        capture.startWhole();
        capture.thread.start();
        return capture;
    }

    /** Done when capture ended, as {@link DebeziumCapture#completion} says. */
    public CompletableFuture<Void> completion() {
        return completion.copy();
    }

    /** Whether the first snapshot is in the raw topics, whole. */
    public boolean hasSnapshot() {
        return whole.snapshotCompleted().isDone();
    }

    /** The outage after which capture is about to start again; empty while capture works. */
    public Optional<CaptureException> trouble() {
        return whole.trouble();
    }

    /** Whether a table is read anew or soon will be, or the slot of such a capture is still there. */
    public boolean readsAnew() {
        return !requests.open().isEmpty() || Files.exists(folder());
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
        try (DebeziumCapture all = whole;
                DebeziumCapture one = part == null ? all : part.capture()) {
            LOG.atDebug().addKeyValue("alone", all == one).log("Capture stops.");
        }
        completion.complete(null);
    }

    private void startWhole() {
        DebeziumCapture capture = new DebeziumCapture(config, registry);
        whole = capture;
        if (closing.getCount() > 0) {
            capture.start();
        }
        var unused = capture.completion().whenComplete((done, failure) -> {
            if (failure != null && whole == capture) {
                completion.completeExceptionally(failure);
            }
        });
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
        } catch (RuntimeException | Error e) { // boundary of the thread: the failure ends capture
            completion.completeExceptionally(Causes.of(config.source(), "reading a table anew", e));
        }
    }

    /** Whether what is to be done now was done; false when an outage is in the way. */
    private boolean isDone() throws InterruptedException {
        try {
            step();
            return true;
        } catch (CaptureException e) {
            if (!e.retryable()) {
                throw e;
            }
            LOG.atWarn().setCause(e).log("A table is read anew when an outage is over.");
            return false;
        }
    }

    private void step() throws InterruptedException {
        if (!hasSnapshot() || whole.completion().isDone()) {
            return;
        }
        PartialCapture open = part;
        Optional<TableName> left = TableSnapshot.running(config.stateFolder());
        if (open != null && open.capture().failure().isPresent()) {
            failed(open, open.capture().failure().get());
        } else if (open != null) {
            goOn(open);
        } else if (left.filter(this::isUnderWay).isEmpty() && Files.exists(folder())) {
            retire();
        } else {
            left.or(() -> requests.open().stream().findFirst()).ifPresent(this::begin);
        }
    }

    private void begin(TableName table) {
        CaptureState state = state();
        if (state.publication().captured().stream().allMatch(table::equals)) {
            refuse(table, TableErrors.noOtherTable(table));
            return;
        }
        requests.add(table);
        if (!isUnderWay(table)) {
            hold(table, TableErrors.snapshotRuns(table));
        }
        start(TableSnapshot.of(folder())
                .filter(known -> stored(folder()).isPresent())
                .orElseGet(() -> TableSnapshot.next(config.stateFolder(), table, state.placeholder())));
    }

    private boolean isUnderWay(TableName table) {
        CaptureState.HeldTable hold = state().publication().held().get(table.toString());
        return hold != null
                && hold.code().equals(TableErrors.snapshotRuns(table).code());
    }

    private void start(TableSnapshot snapshot) {
        StateFolder.lock(folder()).close();
        snapshot.store(folder());
        DebeziumCapture capture = new DebeziumCapture(config.part(snapshot.name(), folder()), registry);
        LOG.atInfo().addKeyValue("table", snapshot.table()).log("A table is read anew.");
        part = new PartialCapture(snapshot, capture, null);
        capture.start();
        CrashPoint.reached("CP28");
    }

    private void failed(PartialCapture open, CaptureException failure) {
        part = null;
        CaptureException cause = failure.getCause() instanceof CaptureException last ? last : failure;
        if (cause.retryable()) {
            throw cause;
        }
        refuse(open.snapshot().name(), cause);
    }

    private void refuse(TableName table, CaptureException cause) {
        LOG.atWarn().addKeyValue("table", table.toString()).setCause(cause).log("A table could not be read anew.");
        if (state().publication().held().containsKey(table.toString())) {
            hold(table, cause);
        }
        requests.remove(table);
    }

    private void hold(TableName table, CaptureException cause) {
        whole.close();
        change(known -> known.withHeld(table, cause, position()));
        startWhole();
    }

    private void goOn(PartialCapture open) throws InterruptedException {
        if (!open.capture().snapshotCompleted().isDone()) {
            return;
        }
        if (open.complete() == null) {
            part = new PartialCapture(
                    open.snapshot(), open.capture(), stored(folder()).orElseThrow());
            CrashPoint.reached("CP29");
        } else if (!open.complete().isAfter(position())) {
            whole.close();
            try {
                if (reached(position())) {
                    change(known -> joined(open, known));
                }
            } finally {
                startWhole();
            }
        }
    }

    /** The state with the table; the request ends before, because {@link #isUnderWay} tells that a join was cut off. */
    private CaptureState joined(PartialCapture open, CaptureState state) {
        TableName table = open.snapshot().name();
        open.capture().close();
        part = null;
        try (RawTopics topics = new RawTopics(config)) {
            topics.cutBehind(table, position());
        }
        open.snapshot().adopt(config.stateFolder());
        requests.remove(table);
        CrashPoint.reached("CP30");
        LOG.atInfo().addKeyValue("table", table.toString()).log("A table was read anew and flows again.");
        return state.joinedBy(table, StateFolder.known(folder()).orElseThrow());
    }

    /** Whether the smaller capture has every change up to that position; waits a while for that. */
    private boolean reached(Lsn position) throws InterruptedException {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        while (position.isAfter(stored(folder()).orElseThrow())) {
            if (System.nanoTime() > deadline || closing.await(100, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** Changes the state of the capture of all tables, which has stopped for that moment. */
    private void change(UnaryOperator<CaptureState> change) {
        try (StateFolder folder = StateFolder.lock(config.stateFolder())) {
            folder.save(change.apply(folder.state().orElseThrow()));
        }
    }

    /** Drops the slot of a smaller capture that is over, and forgets its files, as soon as no process uses the slot. */
    private void retire() {
        try (Connection connection = config.source().database().connect()) {
            String slot = config.replication().ofPart().slot();
            boolean foreign = StateFolder.known(folder()).isEmpty();
            if (foreign || new ReplicationObjects(connection).dropFreeSlot(slot)) {
                TableSnapshot.retire(config.stateFolder());
            }
        } catch (SQLException e) {
            throw Causes.sql(config.source().database(), e);
        }
    }

    private CaptureState state() {
        return StateFolder.known(config.stateFolder()).orElseThrow();
    }

    private Path folder() {
        return TableSnapshot.folder(config.stateFolder());
    }

    private Lsn position() {
        return stored(config.stateFolder()).orElseThrow();
    }

    private static Optional<Lsn> stored(Path folder) {
        return new OffsetFile(folder.resolve(StateFolder.OFFSETS)).position();
    }
}
