package dev.sluice.deploy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The most memory that a process and all its descendants hold at one time. Pages that several of them share count once
 * (proportional set size, {@code Pss} in {@code /proc/PID/smaps_rollup}).
 */
final class MemoryPeak {

    private static final int EVERY_MILLIS = 250;

    private final ProcessHandle root;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private volatile long peak;

    private MemoryPeak(ProcessHandle root) {
        this.root = root;
    }

    /** Watches from now on. */
    static MemoryPeak of(ProcessHandle root) {
        MemoryPeak watch = new MemoryPeak(root);
        var unused = watch.clock.scheduleAtFixedRate(watch::sample, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Ends watching and answers bytes. */
    long stop() {
        clock.shutdownNow();
        return peak;
    }

    private void sample() {
        long now = Stream.concat(Stream.of(root), root.descendants())
                .mapToLong(process -> bytes(process.pid()))
                .sum();
        peak = Math.max(peak, now);
    }

    /** Nothing for a process that has just ended. */
    private static long bytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException | java.io.UncheckedIOException gone) {
            return 0;
        }
    }
}
