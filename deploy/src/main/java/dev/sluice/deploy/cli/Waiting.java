package dev.sluice.deploy.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for whichever comes first: a signal, a failure, or the end of the work. */
final class Waiting {

    private Waiting() {}

    /** Completes with the exit code of the signal, or exceptionally with the failure. */
    static CompletableFuture<Integer> forEnd(CompletableFuture<Integer> stop, CompletableFuture<?>... failures) {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        CompletableFuture<Void> unused = stop.thenAccept(end::complete);
        for (CompletableFuture<?> failure : failures) {
            unused = failure.handle((done, problem) -> {
                if (problem != null) {
                    end.completeExceptionally(problem);
                }
                return null;
            });
        }
        return end;
    }

    /** Does the work on a thread of its own and returns when it is done or {@code end} is. */
    static void until(CompletableFuture<Integer> end, Runnable work) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(work, task -> {
            Thread worker = new Thread(task, "sluice-once");
            worker.setDaemon(true);
            worker.start();
        });
        try {
            CompletableFuture.anyOf(done, end).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        }
    }
}
