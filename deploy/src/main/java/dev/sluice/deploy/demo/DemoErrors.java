package dev.sluice.deploy.demo;

import dev.sluice.deploy.DeployException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Failures of the demo, {@code DEP-14x}. */
final class DemoErrors {

    private DemoErrors() {}

    static DeployException cannotLay(Path home, Throwable cause) {
        return new DeployException(
                "DEP-140",
                "The demo cannot write its files into " + home + ". Check the free space and the permissions.",
                cause);
    }

    static DeployException noSample() {
        return new DeployException("DEP-141", "This installation has no policy/sample. Install sluice again.");
    }

    static DeployException database(SQLException cause) {
        return new DeployException(
                "DEP-143",
                "The database of the sample shop does not answer. Look at logs/postgres.log in the home folder, then"
                        + " start again.",
                cause);
    }
}
