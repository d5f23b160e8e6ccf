package dev.sluice.deploy.cli.option;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.ask.PolicyAnswers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the option {@code --dir} of the policy folder. */
public final class PolicyOption {

    @Mixin
    private HomeOption home;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The policy folder. Default: policy in the home, else policy here.")
    private @Nullable Path dir;

    /** Answers about the folder. */
    public PolicyAnswers answers() {
        Path inHome = home.path().resolve("policy");
        Path chosen = dir != null ? dir : Files.isDirectory(inHome) ? inHome : Path.of("policy");
        if (!Files.isDirectory(chosen)) {
            throw new DeployException(
                    "DEP-402", "The path " + chosen + " is not a folder. Name the policy folder with --dir.");
        }
        return new PolicyAnswers(chosen);
    }
}
