package dev.sluice.deploy.bench;

import dev.sluice.cdc.registry.CachedSchemaRegistry;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.home.Home;
import dev.sluice.sinks.delta.SparkSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;

/**
 * Runs the benchmark and reports: a table on standard output, {@code bench.json} in the folder of the {@link Settings}.
 * {@code deploy/docs/benchmark.md} says how to run and read it.
 */
public final class Bench {

    private static final List<String> NAMES = List.of("textbook", "ours");

    private Bench() {}

    /** Runs with the settings of the system properties; ends by itself at the limit, with what it has. */
    public static void main(String[] args) throws Exception {
        Settings settings = Settings.fromProperties();
        Run run = new Run(settings, Instant.now(), NAMES);
        CountDownLatch measured = new CountDownLatch(1);
        Thread guard = new Thread(() -> endAtLimit(measured, run, settings), "bench-limit");
        guard.setDaemon(true);
        guard.start();
        run(run, settings);
        measured.countDown();
        tell(run.report(), settings);
    }

    /** The whole run: record, measure in turns, compare. */
    static void run(Run run, Settings settings) throws IOException {
        empty(settings.folder());
        Home home = Home.open(settings.folder().resolve("home"));
        try (EmbeddedRuntime parts = EmbeddedRuntime.start(home, EnumSet.of(Part.REGISTRY))) {
            RegistrySettings registry = RegistrySettings.at(parts.registryUrl());
            SparkSession spark = SparkSessions.local(home.scratch(), Settings.cores());
            try (Ours ours = new Ours(home, spark, registry, samplePolicy())) {
                Variant textbook = new Textbook(
                        spark, settings.folder().resolve("textbook").toString(), settings.shuffles());
                List<Variant> variants = List.of(textbook, ours);
                Wire wire = new Wire(CachedSchemaRegistry.shared(registry), settings.seed());
                Recording recording = new Recording(spark, settings.folder().resolve("stream"), wire);
                Oracle oracle = new Oracle();
                run.record(recording, oracle);
                int last = run.measure(recording, variants);
                run.compare(oracle, variants, last);
            } finally {
                spark.stop();
            }
        }
    }

    private static void endAtLimit(CountDownLatch measured, Run run, Settings settings) {
        try {
            if (measured.await(settings.limit().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            run.cut("the limit of " + settings.limit().toSeconds() + " s was reached in the middle of a batch");
            tell(run.report(), settings);
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException | IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void tell(Report report, Settings settings) throws IOException {
        Files.createDirectories(settings.folder());
        Path file = settings.folder().resolve("bench.json");
        report.write(file);
        System.out.println(report.text());
        System.out.println("written to " + file);
    }

    private static Path samplePolicy() {
        Path here = Path.of("").toAbsolutePath();
        Path beside = here.resolve("policy/sample");
        return Files.isDirectory(beside)
                ? beside
                : here.resolveSibling("policy").resolve("sample");
    }

    private static void empty(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
    }
}
