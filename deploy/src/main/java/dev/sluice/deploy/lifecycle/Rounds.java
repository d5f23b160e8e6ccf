package dev.sluice.deploy.lifecycle;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs small work every second on one thread until {@link #close}, which waits for the round that runs. A failure of
 * the work ends the command through {@link Ending}.
 */
public final class Rounds implements AutoCloseable {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Rounds::thread);
    private final ScheduledFuture<?> rounds;

    private Rounds(Ending ending, List<Runnable> work) {
        rounds = thread.scheduleWithFixedDelay(() -> run(ending, work), 1, 1, TimeUnit.SECONDS);
    }

    /** Starts the rounds. */
    public static Rounds start(Ending ending, List<Runnable> work) {
        return new Rounds(ending, work);
    }

    private static void run(Ending ending, List<Runnable> work) {
        try {
            work.forEach(Runnable::run);
        } catch (RuntimeException | Error e) { // boundary of the thread: the failure ends the command
            ending.fail(e);
            throw e;
        }
    }

    @Override
    public void close() {
        rounds.cancel(false);
        thread.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        try {
            while (!ended) {
                try {
                    ended = thread.awaitTermination(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "sluice-rounds");
        thread.setDaemon(true);
        return thread;
    }
}
