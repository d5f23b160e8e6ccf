package dev.sluice.deploy.gateway;

import dev.sluice.audit.ledger.Audited;
import dev.sluice.deploy.lifecycle.Ending;
import dev.sluice.deploy.lifecycle.LifeCycle;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes one plan after the other on a thread of its own until {@link #close}, which waits for the batch at hand. An
 * {@link Outage} pauses the loop: the loop tries again after a random wait that doubles up to half a minute. Any other
 * failure ends the gateway. A second thread looks at capture and at the batch at hand every second, because a batch
 * whose broker is away may wait for long before it fails.
 */
final class BatchLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchLoop.class);
    private static final long FIRST_WAIT_MILLIS = 500;
    private static final long LONGEST_WAIT_MILLIS = 30_000;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Runnable batch;
    private final Pacing pacing;
    private final Listeners listeners;
    private final Ending ending;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Instant begun;
    private @Nullable LongPause paused;

    /** A pause, and whether it is told on the terminal. */
    private record LongPause(LifeCycle.Paused state, boolean told) {}

    /**
     * When the loop executes a batch and when it pauses.
     *
     * @param home folder of the home
     * @param trigger shortest time between the begins of two batches
     * @param tellAfter a pause that lasts longer is told on the terminal
     * @param captureTrouble the outage that capture waits for, when there is one
     */
    record Pacing(Path home, Duration trigger, Duration tellAfter, Supplier<Optional<Outage>> captureTrouble) {}

    /**
     * What learns of the batches.
     *
     * @param recorded called with every batch that is recorded, from the first on
     * @param state takes the state of the gateway when batches begin, when the loop pauses and when the loop goes on
     * @param tell takes a line for the terminal when a pause lasts, and when it ends
     */
    record Listeners(Consumer<Audited> recorded, Consumer<LifeCycle> state, Consumer<String> tell) {}

    private BatchLoop(Runnable batch, Pacing pacing, Listeners listeners, Ending ending) {
        this.batch = batch;
        this.pacing = pacing;
        this.listeners = listeners;
        this.ending = ending;
        this.thread = new Thread(this::run, "sluice-batches");
    }

    /**
     * Starts the loop.
     *
     * @param batch executes the next plan, if there is anything to read
     */
    static BatchLoop start(Runnable batch, Pacing pacing, Listeners listeners, Ending ending) {
        BatchLoop loop = new BatchLoop(batch, pacing, listeners, ending);
        listeners.state().accept(new LifeCycle.Streaming(Instant.now()));
        loop.thread.setDaemon(true);
        loop.thread.setUncaughtExceptionHandler((thread, failure) -> ending.fail(failure));
        loop.thread.start();
        Thread watch = new Thread(loop::watch, "sluice-batches-watch");
        watch.setDaemon(true);
        watch.start();
        return loop;
    }

    @Override
    public void close() {
        closing.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            int failures = 0;
            boolean closed = false;
            while (!closed) {
                long began = System.nanoTime();
                Optional<Outage> outage = attempt();
                failures = outage.isPresent() ? failures + 1 : 0;
                outage.or(pacing.captureTrouble()).ifPresentOrElse(this::pause, this::goOn);
                long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                long wait = failures > 0 ? backOff(failures) : pacing.trigger().toMillis() - spent;
                closed = closing.await(wait, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) { // boundary of the thread: the failure ends the command
            ending.fail(e);
        }
    }

    /** Shows the trouble of capture, and a batch that takes long, while the loop waits for the batch. */
    private void watch() {
        Instant tellNext = Instant.MIN;
        try {
            while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                pacing.captureTrouble().get().ifPresent(this::pause);
                Instant since = begun;
                Instant now = Instant.now();
                Duration wait = pacing.tellAfter().plus(LOOK);
                if (since != null && since.plus(wait).isBefore(now) && tellNext.isBefore(now)) {
                    tellNext = now.plus(wait);
                    tellOfBatch(Duration.between(since, now));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tellOfBatch(Duration length) {
        if (paused == null) {
            listeners
                    .tell()
                    .accept("Still waiting after " + length.toSeconds() + " s: the batch at hand has not ended.");
        }
    }

    private Optional<Outage> attempt() {
        begun = Instant.now();
        try {
            batch.run();
            return Optional.empty();
        } catch (RuntimeException e) { // boundary of an attempt: an outage is waited for, any other is thrown on
            Optional<Outage> outage = Outage.of(e, pacing.home());
            if (outage.isEmpty()) {
                throw e;
            }
            LOG.atWarn().addKeyValue("code", outage.get().code()).setCause(e).log("A batch is tried again.");
            return outage;
        } finally {
            begun = null;
        }
    }

    private synchronized void pause(Outage outage) {
        Instant now = Instant.now();
        LongPause before = paused;
        Instant since = before == null ? now : before.state().since();
        LifeCycle.Paused state = new LifeCycle.Paused(since, outage.code(), outage.reason());
        boolean told = before != null && before.told();
        boolean tells = !told && Duration.between(since, now).compareTo(pacing.tellAfter()) >= 0;
        paused = new LongPause(state, told || tells);
        listeners.state().accept(state);
        if (tells) {
            listeners.tell().accept("Paused since " + since + ", tries again until it works: " + outage.reason());
        }
    }

    private synchronized void goOn() {
        LongPause before = paused;
        if (before == null) {
            return;
        }
        Instant now = Instant.now();
        listeners.state().accept(new LifeCycle.Streaming(now));
        if (before.told()) {
            listeners
                    .tell()
                    .accept("Going on after a pause of "
                            + Duration.between(before.state().since(), now).toSeconds() + " s.");
        }
        paused = null;
    }

    /** Half of the wait is random, so that many gateways do not come back to a broker at the same moment. */
    private static long backOff(int failures) {
        long longest = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(failures - 1, 10));
        return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    }
}
