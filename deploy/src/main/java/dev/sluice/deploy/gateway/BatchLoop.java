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
 * failure ends the gateway.
 */
final class BatchLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchLoop.class);
    private static final long FIRST_WAIT_MILLIS = 500;
    private static final long LONGEST_WAIT_MILLIS = 30_000;

    private final Runnable batch;
    private final Pacing pacing;
    private final Listeners listeners;
    private final Ending ending;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private LifeCycle.@Nullable Paused paused;
    private boolean told;

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

    private Optional<Outage> attempt() {
        try {
            batch.run();
            return Optional.empty();
        } catch (RuntimeException e) { // boundary of an attempt: an outage is waited for, any other is thrown on
            Optional<Outage> outage = Outage.of(e, pacing.home());
            if (outage.isEmpty()) {
                throw e;
            }
            LOG.atWarn().addKeyValue("code", outage.get().code()).setCause(e).log("A batch is tried again");
            return outage;
        }
    }

    private void pause(Outage outage) {
        Instant now = Instant.now();
        LifeCycle.Paused before = paused;
        Instant since = before == null ? now : before.since();
        LifeCycle.Paused pause = new LifeCycle.Paused(since, outage.code(), outage.reason());
        paused = pause;
        listeners.state().accept(pause);
        if (!told && Duration.between(since, now).compareTo(pacing.tellAfter()) >= 0) {
            told = true;
            listeners.tell().accept("Paused since " + since + ", tries again until it works: " + outage.reason());
        }
    }

    private void goOn() {
        LifeCycle.Paused before = paused;
        if (before == null) {
            return;
        }
        Instant now = Instant.now();
        listeners.state().accept(new LifeCycle.Streaming(now));
        if (told) {
            listeners
                    .tell()
                    .accept("Going on after a pause of "
                            + Duration.between(before.since(), now).toSeconds() + " s.");
        }
        paused = null;
        told = false;
    }

    /** Half of the wait is random, so that many gateways do not come back to a broker at the same moment. */
    private static long backOff(int failures) {
        long longest = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(failures - 1, 10));
        return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    }
}
