package dev.sluice.deploy.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** One run of both variants over one recording. The report can be asked for at any time, by any thread. */
final class Run {

    /** What is kept back for the comparison at the end. */
    private static final Duration RESERVE = Duration.ofSeconds(45);

    private final Settings settings;
    private final Instant started;
    private final List<String> names;
    private final Map<String, Meter.Cost> initial = new ConcurrentHashMap<>();
    private final Map<String, List<Meter.Cost>> costs = new ConcurrentHashMap<>();
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
    private volatile String stopped = "";

    Run(Settings settings, Instant started, List<String> names) {
        this.settings = settings;
        this.started = started;
        this.names = names;
        names.forEach(name -> costs.put(name, new CopyOnWriteArrayList<>()));
    }

    /** Writes the stream down, batch 0 being the initial load, and tells the oracle. */
    void record(Recording recording, Oracle oracle) {
        Workload workload = new Workload(settings);
        workload.initial(change -> keep(recording, oracle, 0, change));
        recording.end(0);
        for (int batch = 1; batch <= settings.batches(); batch++) {
            for (Change change : workload.batch(settings.changes())) {
                keep(recording, oracle, batch, change);
            }
            recording.end(batch);
        }
    }

    private static void keep(Recording recording, Oracle oracle, int batch, Change change) {
        recording.add(batch, change);
        oracle.take(batch, change);
    }

    /** Runs the variants in turns; answers the last batch that all have taken. */
    int measure(Recording recording, List<Variant> variants) {
        for (Variant variant : variants) {
            initial.put(variant.name(), cost(recording, variant, 0));
        }
        Duration pair = Duration.ZERO;
        for (int batch = 1; batch <= settings.batches(); batch++) {
            if (elapsed().plus(pair.multipliedBy(4).dividedBy(3)).plus(RESERVE).compareTo(settings.limit()) > 0) {
                stopped = "batch " + batch + " of " + settings.batches() + " would not have ended within "
                        + settings.limit().toSeconds() + " s";
                return batch - 1;
            }
            Instant before = Instant.now();
            for (int turn = 0; turn < variants.size(); turn++) {
                Variant variant = variants.get((turn + batch) % variants.size());
                costs.get(variant.name()).add(cost(recording, variant, batch));
            }
            pair = Duration.between(before, Instant.now());
        }
        return settings.batches();
    }

    private static Meter.Cost cost(Recording recording, Variant variant, int batch) {
        return Meter.measure(batch, () -> variant.take(batch, recording.batch(variant.session(), batch)));
    }

    /** Compares the tables with the oracle after that batch. */
    void compare(Oracle oracle, List<Variant> variants, int lastBatch) throws IOException {
        Path expected = settings.folder().resolve("expected.csv");
        oracle.write(expected, lastBatch);
        for (Variant variant : variants) {
            verdicts.put(variant.name(), Verdict.of(expected, variant.history()));
        }
    }

    /** Notes that the run ends now, whatever it does. */
    void cut(String why) {
        stopped = why;
    }

    /** What there is to say so far. */
    Report report() {
        List<Figures> figures = names.stream().map(this::figures).toList();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("seed", Long.toString(settings.seed()));
        parameters.put("keys", Integer.toString(settings.keys()));
        parameters.put("batches", Integer.toString(settings.batches()));
        parameters.put("changes", Integer.toString(settings.changes()));
        parameters.put("warm-up", Integer.toString(settings.warmUp()));
        parameters.put("shuffles", Integer.toString(settings.shuffles()));
        parameters.put("limit-seconds", Long.toString(settings.limit().toSeconds()));
        return new Report(
                started.toString(),
                Machine.describe(),
                Machine.versions(),
                parameters,
                figures,
                elapsed().toMillis() / 1e3,
                stopped);
    }

    private Figures figures(String name) {
        return new Figures(
                name, settings.changes(), settings.warmUp(), initial.get(name), costs.get(name), verdicts.get(name));
    }

    private Duration elapsed() {
        return Duration.between(started, Instant.now());
    }
}
