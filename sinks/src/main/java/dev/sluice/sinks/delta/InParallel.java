package dev.sluice.sinks.delta;

import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.SinkException;
import dev.sluice.sinks.history.PositionConflict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the steps of a batch on a few threads and waits for all of them, whatever happens to one. */
final class InParallel {

    private InParallel() {}

    /**
     * The results in the order of the steps; the first failure when there is one. The threads are made for the call, so
     * that Spark's thread-bound settings (job group of the query) reach them.
     */
    static <T> List<T> run(BatchId batch, int threads, List<Callable<T>> steps) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, steps.size())));
        try {
            List<T> results = new ArrayList<>();
            RuntimeException failure = null;
            for (Future<T> step : pool.invokeAll(steps)) {
                try {
                    results.add(step.get());
                } catch (ExecutionException e) {
                    failure = failure == null ? unwrapped(e) : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SinkErrors.interrupted(batch, e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** The failure as ours: Spark wraps what a task threw, and its own exceptions are not unchecked. */
    private static RuntimeException unwrapped(ExecutionException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SinkException known) {
                return known;
            }
            if (cause instanceof PositionConflict conflict) {
                return SinkErrors.positionConflict("the batch", conflict);
            }
        }
        return e.getCause() instanceof RuntimeException unchecked ? unchecked : SinkErrors.stepFailed(e);
    }
}
