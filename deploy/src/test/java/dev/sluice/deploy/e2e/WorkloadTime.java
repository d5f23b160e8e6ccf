package dev.sluice.deploy.e2e;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long and how far a workload is played: its players ask whether it goes on, and its end wakes those that rest. A
 * limit of transactions keeps the workload as large on a slow machine as on a fast one.
 */
final class WorkloadTime {

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile int limit = Integer.MAX_VALUE;

    /** Ends it. */
    void end() {
        over.countDown();
    }

    /** Lets the players go on until so many transactions are committed. */
    void upTo(int transactions) {
        limit = transactions;
    }

    boolean allows(int transactions) {
        return transactions < limit;
    }

    boolean goesOn() {
        return over.getCount() > 0;
    }

    /** Rests for that long, or until the end. */
    void rest(int millis) throws InterruptedException {
        over.await(millis, TimeUnit.MILLISECONDS);
    }
}
