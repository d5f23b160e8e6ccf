package dev.sluice.deploy.cli.option;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Reads the option {@code -f}; without it the pipeline file of the home, which the demo writes, else the one in this
 * folder.
 */
public final class PipelineOption {

    private static final String NAME = "pipeline.yaml";

    @Mixin
    private HomeOption home;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The pipeline file. Default: pipeline.yaml in the home, else in this folder.")
    private @Nullable Path file;

    /** The home, which must be there; nothing is made. */
    public Home existingHome() {
        return home.existing();
    }

    /** The home at the path, whether there is one or not; nothing is made. */
    public Home home() {
        return home.asNamed();
    }

    /** The file that was named; without a name the one of the home or of this folder, if there is one. */
    public Optional<Path> find() {
        Path inHome = home.path().resolve(NAME);
        Path here = Path.of(NAME);
        return file != null
                ? Optional.of(file)
                : Optional.of(Files.exists(inHome) ? inHome : here).filter(Files::exists);
    }

    /**
     * The file.
     *
     * @throws DeployException {@code DEP-200} when none is named and none is found
     */
    public Path file() {
        return find().orElseThrow(() -> new DeployException(
                "DEP-200",
                "No pipeline file is named, and neither the home " + home.path() + " nor this folder has a " + NAME
                        + ". Name the file with -f, or write one with sluice init."));
    }
}
