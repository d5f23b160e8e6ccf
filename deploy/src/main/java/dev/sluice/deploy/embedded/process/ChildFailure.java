package dev.sluice.deploy.embedded.process;

import java.nio.file.Path;
import java.util.List;

/**
 * Reports that a child process ended although the gateway did not stop it.
 *
 * @param child its name: {@code postgres}, {@code kafka} or {@code registry}
 * @param exitCode exit code; 128 plus the signal number when a signal ended it
 * @param log its log file
 * @param lastLines the last lines of the log, at most {@value #LINES}
 */
public record ChildFailure(String child, int exitCode, Path log, List<String> lastLines) {

    /** How many lines of the log a failure shows. */
    public static final int LINES = 20;

    public ChildFailure {
        lastLines = List.copyOf(lastLines);
    }
}
