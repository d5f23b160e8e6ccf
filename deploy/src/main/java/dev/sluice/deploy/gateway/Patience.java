package dev.sluice.deploy.gateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something that another part does, no longer than a limit, and no longer than that part lives. */
final class Patience {

    private static final int POLL_MILLIS = 200;

    private final Duration limit;
    private final long end;
    private final CompletableFuture<Void> failure;

    Patience(Duration limit, CompletableFuture<Void> failure) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
        this.failure = failure;
    }

    /**
     * Returns when it is done.
     *
     * @param waitingFor what a person reads when it takes too long
     * @throws dev.sluice.deploy.DeployException {@code DEP-303} past the limit
     * @throws java.util.concurrent.CompletionException with the failure of the other part
     */
    void until(BooleanSupplier done, String waitingFor) {
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw GatewayErrors.notDrained(limit, waitingFor);
            }
            pauseWhileNothingFails();
        }
    }

    private void pauseWhileNothingFails() {
        try {
            CompletableFuture<Void> failed = failure.copy().completeOnTimeout(null, POLL_MILLIS, TimeUnit.MILLISECONDS);
            failed.get();
        } catch (ExecutionException e) {
            failure.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GatewayErrors.stopped(e);
        }
    }
}
