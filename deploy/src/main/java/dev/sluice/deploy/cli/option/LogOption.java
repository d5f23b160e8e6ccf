package dev.sluice.deploy.cli.option;

import dev.sluice.deploy.log.LogTarget;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Reads the option {@code --log} of commands that run for long. */
public final class LogOption {

    @Option(
            names = "--log",
            paramLabel = "TARGET",
            defaultValue = "${SLUICE_LOG:-file}",
            description = "Where log lines go: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private LogTarget target;

    /** Chooses the target; a file is in the log folder of that home. */
    public void choose(Path home) {
        if (target == LogTarget.file) {
            LogTarget.chooseFile(home.toAbsolutePath().normalize().resolve("logs"));
        } else {
            target.choose();
        }
    }
}
