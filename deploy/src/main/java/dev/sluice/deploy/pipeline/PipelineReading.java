package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.finding.Counted;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.DeployException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds what a pipeline file says, as far as the file can be used, and every fault of the file. */
public final class PipelineReading {

    private final Path file;
    private final @Nullable Pipeline pipeline;
    private final FileFaults faults;
    private final List<Finding> policyFaults;

    PipelineReading(Path file, @Nullable Pipeline pipeline, FileFaults faults, List<Finding> policyFaults) {
        this.file = file;
        this.pipeline = pipeline;
        this.faults = faults;
        this.policyFaults = List.copyOf(policyFaults);
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /**
     * The pipeline. Where a setting has a fault, the pipeline holds a stand-in that must not be used; {@link #faulty}
     * names such settings. Empty when the file is not a YAML file with settings.
     */
    public Optional<Pipeline> pipeline() {
        return Optional.ofNullable(pipeline);
    }

    /** The faults of the file itself, each with its line. */
    public List<Finding> faults() {
        return faults.findings();
    }

    /** The faults of the files of the policy folder, at the line that names the folder. */
    public List<Finding> policyFaults() {
        return policyFaults;
    }

    /** Those of the settings that have a fault themselves, or a section around or below them has one. */
    public List<String> faulty(String... settings) {
        Set<String> known = faults.settings();
        return Stream.of(settings)
                .filter(setting -> known.stream().anyMatch(fault -> concerns(fault, setting)))
                .toList();
    }

    private static boolean concerns(String fault, String setting) {
        return fault.isEmpty()
                || fault.equals(setting)
                || setting.startsWith(fault + ".")
                || fault.startsWith(setting + ".");
    }

    /**
     * The pipeline of a file without any fault.
     *
     * @throws DeployException {@code DEP-201} that lists every fault with its line
     */
    Pipeline required() {
        List<Finding> all =
                Stream.concat(faults().stream(), policyFaults.stream()).toList();
        if (pipeline == null || !all.isEmpty()) {
            throw wrong(all, null);
        }
        return pipeline;
    }

    private static DeployException wrong(List<Finding> faults, @Nullable IOException cause) {
        String list = faults.stream()
                .map(fault -> "\n  " + fault.place() + ": " + fault.what())
                .collect(Collectors.joining());
        return new DeployException(
                "DEP-201",
                "The pipeline file has " + Counted.of(faults.size(), "fault") + ". Nothing was started:" + list,
                cause);
    }

    /** The failure to read a file at all. */
    static DeployException unreadable(Path file, IOException cause) {
        FileFaults faults = new FileFaults(file.toString());
        faults.add(0, "", "cannot be read; check the path and its permissions");
        return wrong(faults.findings(), cause);
    }
}
