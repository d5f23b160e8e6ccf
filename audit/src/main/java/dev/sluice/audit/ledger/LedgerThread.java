package dev.sluice.audit.ledger;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the writes of a ledger on a thread of its own. An interrupt of a thread that writes a file channel closes the
 * channel, and Spark interrupts the tasks of a job that fails; on this thread no caller can break an append. Safe for
 * use by many threads.
 */
final class LedgerThread implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread writer = new Thread(work, "sluice-ledger");
        writer.setDaemon(true);
        return writer;
    });

    /** Does the work and returns its result. An interrupt of the caller does not end the wait; the flag is kept. */
    <T> T call(Callable<T> work) {
        Future<T> result = thread.submit(work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw unchecked(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The failure of the work as the caller would have seen it; the place of the caller is kept beside it. */
    private static RuntimeException unchecked(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        if (e.getCause() instanceof RuntimeException failure) {
            failure.addSuppressed(e);
            return failure;
        }
        return new IllegalStateException("The work of a ledger threw a checked exception.", e);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
