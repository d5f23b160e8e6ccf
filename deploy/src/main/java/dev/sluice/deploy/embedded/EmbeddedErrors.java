package dev.sluice.deploy.embedded;

import dev.sluice.deploy.DeployException;
import java.nio.file.Path;

/** The failures of the embedded parts, codes {@code DEP-112} to {@code DEP-121}. */
final class EmbeddedErrors {

    private EmbeddedErrors() {}

    static DeployException notInstalled(Path missing) {
        return new DeployException(
                "DEP-112",
                "The installation is not complete: " + missing
                        + " is missing. Build it: mvn -DskipTests package, or start through deploy/bin/sluice.",
                null);
    }

    static DeployException platform(String system) {
        return new DeployException(
                "DEP-113",
                "The embedded database is not packed for " + system
                        + "; it runs on Linux x86_64. Run with a database of your own: sluice run -f pipeline.yaml.",
                null);
    }

    static DeployException rootKeepsItsRights() {
        return new DeployException(
                "DEP-114",
                "The embedded database does not run as root, and root cannot drop its rights here: neither a user"
                        + " namespace (unshare -U) nor another user (setpriv, with the capabilities SETUID, SETGID,"
                        + " SETPCAP, CHOWN, KILL and DAC_OVERRIDE) works. Run sluice as an ordinary user.",
                null);
    }

    static DeployException otherMajor(Path data, String found, String expected) {
        return new DeployException(
                "DEP-115",
                "The embedded database in " + data + " was made by PostgreSQL " + found + ", this version brings "
                        + expected + ". Keep the old home with the old version, and start with a new --home.",
                null);
    }

    static DeployException passwordLost(Path file) {
        return new DeployException(
                "DEP-116",
                "The password file " + file
                        + " is missing, but the database that was made with it exists. Restore the file from a copy, or"
                        + " start with a new --home.",
                null);
    }

    static DeployException initialise(int exitCode, Path log) {
        return new DeployException(
                "DEP-117",
                "The embedded database could not be created (initdb ended with " + exitCode + "). See " + log + ".",
                null);
    }

    static DeployException database(String doing, Throwable cause) {
        return new DeployException(
                "DEP-118",
                "The embedded database failed while " + doing + ". See logs/postgres.log in the home folder.",
                cause);
    }

    static DeployException notStarted(Part part) {
        return new DeployException(
                "DEP-120",
                "The embedded " + part.label()
                        + " was not started with this runtime. Use the address in the pipeline file.",
                null);
    }

    static DeployException interrupted(Throwable cause) {
        return new DeployException("DEP-121", "Starting the embedded parts was interrupted by a stop.", cause);
    }
}
