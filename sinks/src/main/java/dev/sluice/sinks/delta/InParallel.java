package dev.sluice.sinks.delta;

import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.SinkException;
import dev.sluice.sinks.history.PositionConflict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the steps of a batch on a few threads, waits for all of them, and reports every failure. */
final class InParallel {

    private InParallel() {}

    /**
     * Runs the steps and gives their results in the order of the steps. When steps fail, the first failure in the order
     * of the steps is thrown and every other one is added to it as suppressed. The threads are made for this call, so
     * that Spark's thread-bound settings (the job group of the query) reach them.
     */
    static <T> List<T> run(BatchId batch, int threads, List<Callable<T>> steps) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, steps.size())));
        try {
            List<T> results = new ArrayList<>();
            Set<RuntimeException> failures = Collections.newSetFromMap(new IdentityHashMap<>());
            RuntimeException first = null;
            for (Future<T> step : pool.invokeAll(steps)) {
                try {
                    results.add(step.get());
                } catch (ExecutionException e) {
                    RuntimeException failure = unwrapped(batch, e);
                    boolean isNew = failures.add(failure);
                    if (first == null) {
                        first = failure;
                    } else if (isNew) {
                        first.addSuppressed(failure);
                    }
                }
            }
            if (first != null) {
                throw first;
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SinkErrors.interrupted(batch, e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Gives the failure with our code: Spark wraps what a task threw, and Spark's own exceptions are checked. */
    private static RuntimeException unwrapped(BatchId batch, ExecutionException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SinkException known) {
                return known;
            }
            if (cause instanceof PositionConflict conflict) {
                return SinkErrors.positionConflict("the batch", conflict);
            }
        }
        Throwable cause = e.getCause();
        return cause instanceof RuntimeException unchecked
                ? unchecked
                : SinkErrors.stepFailed(batch, cause == null ? e : cause);
    }
}
