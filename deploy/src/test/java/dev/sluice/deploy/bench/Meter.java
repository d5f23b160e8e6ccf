package dev.sluice.deploy.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Measures what one piece of work costs this process: tasks, driver, compiler and collector alike. */
final class Meter {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Meter() {}

    /**
     * One measured piece of work.
     *
     * @param batch number of the batch
     * @param cpuSeconds processor time of the whole process
     * @param wallSeconds time that passed
     * @param loadBefore load average of the last minute when it began
     * @param loadAfter the same when it ended
     */
    record Cost(int batch, double cpuSeconds, double wallSeconds, double loadBefore, double loadAfter) {}

    /** Runs it and answers what it cost. Garbage of what ran before is collected first and not counted. */
    static Cost measure(int batch, Runnable work) {
        System.gc();
        double load = load();
        long cpu = SYSTEM.getProcessCpuTime();
        long wall = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - wall) / 1e9;
        return new Cost(batch, (SYSTEM.getProcessCpuTime() - cpu) / 1e9, seconds, load, load());
    }

    /** The load average of the last minute. */
    static double load() {
        return SYSTEM.getSystemLoadAverage();
    }
}
