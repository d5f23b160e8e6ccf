package dev.sluice.deploy.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one variant.
 *
 * @param name the variant
 * @param changes changes in a batch
 * @param warmUp first batches that no figure is taken from
 * @param initialLoad cost of the initial load, null when it was not reached
 * @param batches cost of every batch
 * @param verdict its table against the oracle, null when it was not compared
 */
record Figures(
        String name,
        int changes,
        int warmUp,
        Meter.@Nullable Cost initialLoad,
        List<Meter.Cost> batches,
        @Nullable Verdict verdict) {

    Figures {
        batches = List.copyOf(batches);
    }

    /** How many batches the figures are taken from; 0 when the run ended before. */
    @JsonProperty
    int counted() {
        return Math.max(0, batches.size() - warmUp);
    }

    /** Median of CPU seconds per 100,000 changes. */
    @JsonProperty
    double cpuMedian() {
        return median(cpu());
    }

    /** Least CPU seconds per 100,000 changes. */
    @JsonProperty
    double cpuMin() {
        return cpu().min().orElse(Double.NaN);
    }

    /** Median of seconds that passed per 100,000 changes. */
    @JsonProperty
    double wallMedian() {
        return median(after().mapToDouble(c -> per100k(c.wallSeconds())));
    }

    private DoubleStream cpu() {
        return after().mapToDouble(c -> per100k(c.cpuSeconds()));
    }

    private java.util.stream.Stream<Meter.Cost> after() {
        return batches.stream().skip(warmUp);
    }

    private double per100k(double seconds) {
        return seconds * 100_000 / changes;
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
