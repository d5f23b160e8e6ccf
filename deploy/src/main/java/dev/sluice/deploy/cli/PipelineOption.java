package dev.sluice.deploy.cli;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.embedded.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option {@code -f}; without it the pipeline file of the home, which the demo writes. */
final class PipelineOption {

    @Mixin
    private HomeOption home;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The pipeline file. Default: pipeline.yaml in the home.")
    private @Nullable Path file;

    Home home() {
        return home.open();
    }

    /** The file, whether there is one or not. */
    Optional<Path> find() {
        Path chosen = file == null ? home.path().resolve("pipeline.yaml") : file;
        return file != null || Files.exists(chosen) ? Optional.of(chosen) : Optional.empty();
    }

    /**
     * The file.
     *
     * @throws DeployException {@code DEP-200} when none is named and the home has none
     */
    Path file() {
        return find().orElseThrow(() -> new DeployException(
                "DEP-200", "which pipeline? Name its file with -f; " + home.path() + " has no pipeline.yaml"));
    }
}
