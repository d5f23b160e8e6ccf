package dev.sluice.deploy.embedded.process;

import dev.sluice.deploy.DeployException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The failures of child processes, codes {@code DEP-101} to {@code DEP-109}. */
final class ProcessErrors {

    private ProcessErrors() {}

    static DeployException cannotLaunch(String child, String program, Throwable cause) {
        return new DeployException(
                "DEP-101",
                "The embedded " + child + " could not be launched: " + program
                        + " did not run. Check that it exists and may be executed, and the free memory.",
                cause);
    }

    static DeployException endedAtStart(ChildFailure failure) {
        return new DeployException(
                "DEP-102",
                "The embedded " + failure.child() + " ended with code " + failure.exitCode()
                        + " before it was ready. Its log is " + failure.log() + "; the last lines: "
                        + lines(failure.lastLines()),
                null);
    }

    static DeployException notReady(String child, Duration waited, Path log, List<String> lastLines) {
        return new DeployException(
                "DEP-103",
                "The embedded " + child + " was not ready within " + waited.toSeconds()
                        + " s and was stopped. Check the load of the machine and the log " + log
                        + "; the last lines: " + lines(lastLines),
                null);
    }

    static DeployException interrupted(String child, Throwable cause) {
        return new DeployException(
                "DEP-104", "Waiting for the embedded " + child + " was interrupted by a stop.", cause);
    }

    static DeployException noPort(int tried, Throwable cause) {
        return new DeployException(
                "DEP-105",
                "No free loopback port was found in " + tried
                        + " tries. Check whether this user may open ports on 127.0.0.1.",
                cause);
    }

    static DeployException folder(Path path, Throwable cause) {
        return new DeployException(
                "DEP-106",
                "The file " + path
                        + " cannot be read or written. Check its owner, its mode and the free space; --home names"
                        + " another folder.",
                cause);
    }

    static DeployException leftover(List<Long> pids, Path home) {
        return new DeployException(
                "DEP-107",
                "Processes " + pids + " of a killed predecessor still use " + home
                        + " and did not end when told to. End them by hand, then start again.",
                null);
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "(the log is empty)" : "\n  " + String.join("\n  ", lines);
    }
}
