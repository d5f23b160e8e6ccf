package dev.sluice.deploy.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * All that a run has to say.
 *
 * @param started when, in UTC
 * @param machine cores, memory, Java
 * @param versions of the libraries that matter
 * @param parameters as given
 * @param variants the textbook, then ours
 * @param seconds of the whole run
 * @param stopped why the run ended before its end, empty when it did not
 */
record Report(
        String started,
        Map<String, String> machine,
        Map<String, String> versions,
        Map<String, String> parameters,
        List<Figures> variants,
        double seconds,
        String stopped) {

    Report {
        variants = List.copyOf(variants);
    }

    /** Textbook by ours, medians of CPU. */
    @JsonProperty
    double ratioCpuMedian() {
        return variants.get(0).cpuMedian() / variants.get(1).cpuMedian();
    }

    /** Textbook by ours, least CPU. */
    @JsonProperty
    double ratioCpuMin() {
        return variants.get(0).cpuMin() / variants.get(1).cpuMin();
    }

    /** Textbook by ours, medians of time that passed. */
    @JsonProperty
    double ratioWallMedian() {
        return variants.get(0).wallMedian() / variants.get(1).wallMedian();
    }

    /** Least load average that was seen. */
    @JsonProperty
    double loadMin() {
        return loads().min().orElse(Double.NaN);
    }

    /** Greatest load average that was seen. */
    @JsonProperty
    double loadMax() {
        return loads().max().orElse(Double.NaN);
    }

    private DoubleStream loads() {
        return variants.stream()
                .flatMap(v -> v.batches().stream())
                .flatMapToDouble(c -> DoubleStream.of(c.loadBefore(), c.loadAfter()));
    }

    /** The report as one JSON file; what was not measured is {@code null} or {@code "NaN"}. */
    void write(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
    }

    /** The report for people. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("machine     " + machine);
        lines.add("versions    " + versions);
        lines.add("parameters  " + parameters);
        lines.add("");
        lines.add(line("per 100,000 changes", "CPU-s median", "CPU-s min", "wall s median", "batches"));
        for (Figures v : variants) {
            String counted = v.counted() + " of " + v.batches().size();
            lines.add(line(v.name(), number(v.cpuMedian()), number(v.cpuMin()), number(v.wallMedian()), counted));
        }
        lines.add(line(
                "textbook : ours",
                number(ratioCpuMedian()),
                number(ratioCpuMin()),
                number(ratioWallMedian()),
                "ratios"));
        lines.add("");
        lines.add(line("against the oracle", "versions lost", "extra", "wrong", "live, not current"));
        variants.forEach(v -> lines.add(against(v)));
        lines.add("");
        variants.forEach(v -> lines.add(each(v)));
        lines.add(String.format(Locale.ROOT, "load %.1f to %.1f, %.0f s in all", loadMin(), loadMax(), seconds));
        if (!stopped.isEmpty()) {
            lines.add("STOPPED EARLY: " + stopped);
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String against(Figures figures) {
        Verdict verdict = figures.verdict();
        if (verdict == null) {
            return line(figures.name(), "not measured", "-", "-", "-");
        }
        return line(
                figures.name(),
                verdict.lost() + " of " + verdict.expected(),
                Long.toString(verdict.extra()),
                Long.toString(verdict.wrong()),
                verdict.keysWithoutCurrent() + " of " + verdict.expectedCurrent());
    }

    private static String each(Figures figures) {
        StringBuilder each = new StringBuilder(figures.name() + ": CPU-s");
        Meter.Cost load = figures.initialLoad();
        each.append(load == null ? " no initial load" : " initial load " + number(load.cpuSeconds()));
        each.append(", batches");
        figures.batches().forEach(c -> each.append(' ').append(number(c.cpuSeconds())));
        return each.toString();
    }

    private static String line(String name, String first, String second, String third, String fourth) {
        return String.format(Locale.ROOT, "%-20s %20s %12s %14s %18s", name, first, second, third, fourth);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "not measured" : String.format(Locale.ROOT, "%.2f", value);
    }
}
