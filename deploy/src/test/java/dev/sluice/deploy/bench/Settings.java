package dev.sluice.deploy.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is run.
 *
 * @param folder where everything is written, emptied before
 * @param seed the same seed gives the same records
 * @param keys rows of the initial load
 * @param batches measured batches, those for warming up included
 * @param changes changes in a batch
 * @param warmUp first batches that no figure is taken from
 * @param limit when the run ends, finished or not
 * @param shuffles shuffle partitions of the textbook; only a test of the harness takes others than Spark's own
 */
record Settings(Path folder, long seed, int keys, int batches, int changes, int warmUp, Duration limit, int shuffles) {

    /**
     * From system properties {@code bench.*}. By default a batch with its tombstones stays below the 20,000 records
     * that the product takes at once, and the whole fits two quiet cores and six minutes.
     */
    static Settings fromProperties() {
        return new Settings(
                Path.of(System.getProperty("bench.folder", "target/bench")).toAbsolutePath(),
                Long.getLong("bench.seed", 20261123L),
                Integer.getInteger("bench.keys", 300_000),
                Integer.getInteger("bench.batches", 8),
                Integer.getInteger("bench.changes", 17_000),
                Integer.getInteger("bench.warmup", 4),
                Duration.ofSeconds(Long.getLong("bench.limit.seconds", 600)),
                200);
    }

    /** As many as the product takes. */
    static int cores() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }
}
