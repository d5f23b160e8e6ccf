package dev.sluice.cdc.capture;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.server.SlotWatch;
import dev.sluice.cdc.capture.server.WrittenChanges;
import dev.sluice.cdc.registry.SchemaRegistry;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.spi.OffsetCommitPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures one PostgreSQL database into raw Kafka topics: first a snapshot, then every committed change, at least once,
 * each at the same position whenever it is written again.
 *
 * <p>Runs on threads of its own from {@link #start} until {@link #close} or a failure that a person must mend. An
 * outage of database, broker or registry ends the engine; capture starts the engine again from the stored position with
 * growing waits, after {@link StartGate} has checked the slot again. Any thread may call the methods.
 *
 * <p>A snapshot that was interrupted begins again with a new slot and empty raw topics, so readers should begin when
 * {@link #snapshotCompleted} is done.
 */
public final class DebeziumCapture implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DebeziumCapture.class);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final CaptureConfig config;
    private final SchemaRegistry registry;
    private final CompletableFuture<Void> completion = new CompletableFuture<>();
    private final CompletableFuture<Void> snapshotCompleted = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<@Nullable DebeziumEngine<?>> running = new AtomicReference<>();
    private final AtomicReference<@Nullable CaptureException> trouble = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> supervisor = new AtomicReference<>();

    public DebeziumCapture(CaptureConfig config, SchemaRegistry registry) {
        this.config = config;
        this.registry = registry;
    }

    /**
     * Begins to capture and returns at once; a state folder in use is refused here with CDC-005.
     *
     * @throws IllegalStateException when called twice
     */
    public void start() {
        StateFolder folder = StateFolder.lock(config.stateFolder());
        Thread thread =
                new Thread(() -> supervise(folder), "capture-" + config.source().name());
        if (!supervisor.compareAndSet(null, thread)) {
            folder.close();
            throw new IllegalStateException("Capture was started already.");
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Done when capture ended: normally by {@link #close}, or with the {@link CaptureException} that ended it. */
    public CompletableFuture<Void> completion() {
        return completion.copy();
    }

    /** Done when the first position is stored: then the snapshot is in the raw topics, whole. */
    public CompletableFuture<Void> snapshotCompleted() {
        return snapshotCompleted.copy();
    }

    /** The failure that ended capture, if one did. */
    public Optional<CaptureException> failure() {
        return completion.isCompletedExceptionally()
                ? completion
                        .handle((done, failure) -> Optional.of((CaptureException) failure))
                        .join()
                : Optional.empty();
    }

    /** The outage that ended the engine, from that end until capture has written the next record. */
    public Optional<CaptureException> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    private void supervise(StateFolder folder) {
        CaptureException last = null;
        int failures = 0;
        SlotWatch.Watched slot = new SlotWatch.Watched(
                config.replication().slot(), config.replication().warnAt());
        SlotWatch watch = SlotWatch.start(config.source().database(), slot, config.stateFolder(), SlotWatch.EVERY);
        try (folder;
                watch) {
            while (closing.getCount() > 0 && failures < config.retry().attempts()) {
                last = runEngine(folder).orElse(null);
                if (last != null && last.dataset().isPresent()) {
                    continue;
                }
                if (last == null || !last.retryable()) {
                    break;
                }
                failures = trouble.get() == null ? 1 : failures + 1;
                trouble.set(last);
                pause(last, failures);
            }
        }
        end(last, failures);
    }

    private void end(@Nullable CaptureException last, int failures) {
        if (last == null || closing.getCount() == 0) {
            completion.complete(null);
            return;
        }
        CaptureException failure = last.retryable() ? CaptureErrors.gaveUp(failures, last) : last;
        LOG.atError()
                .addKeyValue("code", failure.code())
                .addKeyValue("reason", failure.getMessage())
                .log("Capture ended with a failure.");
        completion.completeExceptionally(failure);
        snapshotCompleted.completeExceptionally(failure);
    }

    private void pause(CaptureException last, int failures) {
        Duration wait = config.retry().after(failures, ThreadLocalRandom.current());
        LOG.atWarn()
                .addKeyValue("code", last.code())
                .addKeyValue("attempt", failures)
                .addKeyValue("wait_ms", wait.toMillis())
                .addKeyValue("reason", last.getMessage())
                .setCause(last)
                .log("Capture starts again after a wait.");
        try {
            if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atInfo().log("Capture was closed while it waited.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    /** One run of the engine; empty when it was closed. A failure with a dataset holds the table of that dataset. */
    private Optional<CaptureException> runEngine(StateFolder folder) {
        try {
            CaptureConfig now = config.expanded();
            StartGate gate = new StartGate(now, folder);
            return runEngine(now, gate, folder).map(gate::held);
        } catch (RuntimeException | Error e) { // boundary of the supervisor: every failure that ends a run is reported
            return Optional.of(Causes.of(config.source(), "starting", e).ofSource());
        }
    }

    private Optional<CaptureException> runEngine(CaptureConfig now, StartGate gate, StateFolder folder) {
        CaptureState state = prepare(now, gate);
        List<TableName> captured = state.publication().captured();
        SourceWatch watch = new SourceWatch(now, gate, folder.offsets());
        WriterGuard guard = new WriterGuard(gate, watch, this::stored);
        try (watch;
                RawTopicWriter writer = new RawTopicWriter(now.of(captured), registry, folder.offsets(), guard)) {
            Properties settings = EngineSettings.of(now.of(captured), state, gate.valueColumns(captured));
            settings.setProperty("snapshot.fetch.size", Integer.toString(gate.fetchedAtOnce(captured)));
            return run(now, settings, writer);
        }
    }

    private CaptureState prepare(CaptureConfig now, StartGate gate) {
        StartGate.Start start = gate.check();
        try (RawTopics topics = new RawTopics(now)) {
            topics.ensure();
            if (start == StartGate.Start.RESUME) {
                snapshotCompleted.complete(null);
                return gate.prepareResume();
            }
            if (start == StartGate.Start.FIRST) {
                topics.requireEmpty();
            }
            CaptureState state = gate.prepareSnapshot();
            if (start == StartGate.Start.AGAIN) {
                LOG.atWarn().addKeyValue("snapshots", state.snapshots()).log("The snapshot begins again.");
                topics.purge();
            }
            return state;
        }
    }

    /** What the writer asks of gate and watch. */
    private record WriterGuard(StartGate gate, SourceWatch watch, Runnable stored) implements RawTopicWriter.Guard {
        @Override
        public CaptureState slotCreated() {
            return gate.slotCreated();
        }

        @Override
        public void beforeBatch(Optional<WrittenChanges> changes) {
            watch.requireSame();
            changes.ifPresent(gate::writing);
        }

        @Override
        public void beforePosition() {
            gate.requireUnchangedForms();
        }

        @Override
        public void confirmed() {
            stored.run();
        }
    }

    private void stored() {
        trouble.set(null);
        snapshotCompleted.complete(null);
    }

    private Optional<CaptureException> run(CaptureConfig now, Properties settings, RawTopicWriter writer) {
        AtomicReference<@Nullable CaptureException> failure = new AtomicReference<>();
        DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine = DebeziumEngine.create(Connect.class)
                .using(settings)
                .using(OffsetCommitPolicy.always())
                .using((success, message, error) -> failure.set(outcome(now, success, error)))
                .notifying(writer)
                .build();
        running.set(engine);
        if (closing.getCount() > 0) {
            engine.run();
        }
        running.set(null);
        return closing.getCount() == 0 ? Optional.empty() : Optional.ofNullable(failure.get());
    }

    private @Nullable CaptureException outcome(CaptureConfig now, boolean success, @Nullable Throwable error) {
        String during = success ? "it ended by itself" : "it failed";
        return closing.getCount() == 0 ? null : Causes.of(now.source(), during, error);
    }

    /**
     * Stops the engine after the batch at hand and waits until it has ended, at most ten seconds. What was not
     * confirmed is captured again by the next start. Does nothing when capture has ended.
     *
     * @throws CaptureException CDC-042 when it did not end in time
     */
    @Override
    public void close() {
        closing.countDown();
        Thread thread = supervisor.get();
        if (thread == null) {
            completion.complete(null);
            return;
        }
        long deadline = System.nanoTime() + STOP.toNanos();
        Thread stopper = stopper();
        try {
            while (thread.isAlive() && System.nanoTime() < deadline) {
                stopper = stopper.isAlive() ? stopper : stopper();
                thread.join(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CaptureErrors.interrupted(e);
        }
        if (thread.isAlive()) {
            throw CaptureErrors.slowStop(STOP);
        }
    }

    /** Closes the engine in a thread of its own, because closing waits longer than we may. */
    private Thread stopper() {
        DebeziumEngine<?> engine = running.get();
        Thread stopper =
                new Thread(() -> stop(engine), "capture-stop-" + config.source().name());
        stopper.setDaemon(true);
        stopper.start();
        return stopper;
    }

    private static void stop(@Nullable DebeziumEngine<?> engine) {
        try {
            if (engine != null) {
                engine.close();
            }
        } catch (IllegalStateException notNow) {
            LOG.atDebug().log("The engine is starting or stopping and cannot be closed at this moment.");
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The engine did not close cleanly.");
        }
    }
}
