package dev.sluice.deploy.lifecycle;

import dev.sluice.deploy.DeployException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Decides how a long-running command ends: by a stop signal with its exit code, or by the failure of a part. The first
 * of them wins and later ones are ignored. Safe for use by many threads.
 */
public final class Ending {

    private static final int POLL_MILLIS = 200;
    private static final long TELL_EVERY_SECONDS = 10;

    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final Queue<CompletableFuture<Boolean>> watches = new ConcurrentLinkedQueue<>();
    private final Consumer<String> tell;

    /** The command was asked to stop while it waited. */
    public static final class StopRequested extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int exitCode;

        private StopRequested(int exitCode) {
            super("The command was asked to stop.");
            this.exitCode = exitCode;
        }

        /** The exit code that belongs to the signal. */
        public int exitCode() {
            return exitCode;
        }
    }

    /**
     * What a wait is for.
     *
     * @param what the thing that has not happened yet, as a sentence without a full stop
     * @param limit the longest time to wait
     * @param detail a sentence about the cause or the progress, when there is one
     */
    public record Wait(String what, Duration limit, Supplier<Optional<String>> detail) {

        /** A wait about which nothing more is known. */
        public static Wait of(String what, Duration limit) {
            return new Wait(what, limit, Optional::empty);
        }

        /** The thing that has not happened yet, with the detail, as sentences. */
        String text() {
            return what + "." + detail.get().map(sentence -> " " + sentence).orElse("");
        }
    }

    /**
     * An end that has not come yet.
     *
     * @param tell takes a line for the terminal when a wait goes on for more than ten seconds
     */
    public Ending(Consumer<String> tell) {
        this.tell = tell;
    }

    /** Asks for the end; answers false when the end had come before. */
    public boolean stop(int exitCode) {
        return end.complete(exitCode);
    }

    /** Ends the command with that failure. */
    public void fail(Throwable problem) {
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        end.completeExceptionally(cause);
    }

    /** Ends the command when that part fails; a part that completes normally changes nothing. */
    public void watch(CompletionStage<?> part) {
        watches.add(part.handle((done, problem) -> {
                    if (problem != null) {
                        fail(problem);
                    }
                    return problem == null;
                })
                .toCompletableFuture());
    }

    /**
     * Waits for the end, and stops watching the parts.
     *
     * @return the exit code of the signal
     * @throws RuntimeException the failure of the part that failed
     */
    public int await() {
        try {
            return end.join();
        } catch (CompletionException e) {
            throw unchecked(e);
        } finally {
            watches.forEach(watch -> watch.cancel(false));
        }
    }

    /**
     * Returns when the condition holds.
     *
     * @throws StopRequested when a signal came first
     * @throws DeployException {@code DEP-303} past the limit
     * @throws RuntimeException the failure of the part that failed first
     */
    public void until(BooleanSupplier done, Wait wait) {
        long start = System.nanoTime();
        long told = 0;
        while (!done.getAsBoolean()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            if (seconds >= wait.limit().toSeconds()) {
                throw LifeCycleErrors.tookTooLong(wait);
            }
            if (seconds >= told + TELL_EVERY_SECONDS) {
                told = seconds;
                tell.accept("Still waiting after " + seconds + " s: " + wait.text());
            }
            pause();
        }
    }

    /**
     * Does the work on a thread of its own. When the end comes first, the thread is interrupted, and this call waits
     * until the work has ended.
     *
     * @throws StopRequested when a signal came first
     * @throws RuntimeException the failure of the work, or of the part that failed first
     */
    public <T> T interruptibly(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread worker = new Thread(() -> result.completeAsync(work, Runnable::run), "sluice-step");
        worker.setDaemon(true);
        worker.start();
        try {
            CompletableFuture.anyOf(result.handle((value, problem) -> true), end.handle((code, problem) -> true))
                    .join();
            if (!result.isDone()) {
                worker.interrupt();
                worker.join();
                throwEnd();
            }
            return result.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LifeCycleErrors.interrupted(e);
        } catch (CompletionException e) {
            throw unchecked(e);
        }
    }

    private void pause() {
        try {
            end.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            throwEnd();
        } catch (TimeoutException notYet) {
            return;
        } catch (ExecutionException failed) {
            throwEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LifeCycleErrors.interrupted(e);
        }
    }

    private void throwEnd() {
        throw new StopRequested(await());
    }

    private static RuntimeException unchecked(CompletionException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : LifeCycleErrors.partFailed(e);
    }
}
