package dev.sluice.deploy.lifecycle;

import dev.sluice.deploy.DeployException;
import java.nio.file.Path;

/** The failures of starting, waiting and ending. */
final class LifeCycleErrors {

    private LifeCycleErrors() {}

    static DeployException tookTooLong(Ending.Wait wait) {
        return new DeployException(
                "DEP-303",
                "The wait ended after " + wait.limit().toSeconds() + " s: " + wait.text()
                        + " Nothing is lost. Look at sluice status, then start again.");
    }

    static DeployException partFailed(Throwable cause) {
        return new DeployException(
                "DEP-304",
                "A part of the gateway failed with " + Failures.describe(cause)
                        + ". Nothing of the batch at hand was acknowledged. Start again; the next start replays it.",
                cause);
    }

    static DeployException interrupted(Throwable cause) {
        return new DeployException(
                "DEP-311", "A wait was interrupted because the command is ending. Start again.", cause);
    }

    static DeployException stateUnreadable(Path file, Throwable cause) {
        return new DeployException(
                "DEP-312",
                "The state file " + file + " cannot be read or written. Check its owner, its mode and the free space.",
                cause);
    }
}
