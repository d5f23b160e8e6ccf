package dev.sluice.deploy.demo;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Numbered steps with their times, told to a person as they end. */
final class Steps {

    private final Consumer<String> tell;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final long begin = System.nanoTime();

    Steps(Consumer<String> tell) {
        this.tell = tell;
    }

    /** Does the step and tells how long it took. */
    <T> T step(String name, String what, Supplier<T> work) {
        long start = System.nanoTime();
        T done = work.get();
        double took = secondsSince(start);
        seconds.merge(name, took, Double::sum);
        tell.accept(String.format(Locale.ROOT, "%2d. %-62s %5.1f s", seconds.size(), what, took));
        return done;
    }

    void step(String name, String what, Runnable work) {
        step(name, what, () -> {
            work.run();
            return 0;
        });
    }

    /** Seconds by step, and {@code total}. */
    Map<String, Double> seconds() {
        Map<String, Double> all = new LinkedHashMap<>(seconds);
        all.put("total", secondsSince(begin));
        return all;
    }

    private static double secondsSince(long start) {
        return Math.round((System.nanoTime() - start) / 1e7) / 100.0;
    }
}
