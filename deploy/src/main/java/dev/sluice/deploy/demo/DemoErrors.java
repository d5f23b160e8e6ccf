package dev.sluice.deploy.demo;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.embedded.process.ChildFailure;
import java.nio.file.Path;
import java.sql.SQLException;

/** Failures of the demo, {@code DEP-14x}. */
final class DemoErrors {

    private DemoErrors() {}

    static DeployException cannotLay(Path home, Throwable cause) {
        return new DeployException(
                "DEP-140", "the demo cannot be laid out in " + home + "; check space and permissions", cause);
    }

    static DeployException noSample() {
        return new DeployException("DEP-141", "this installation has no policy/sample; install it again");
    }

    static DeployException childEnded(ChildFailure ended) {
        return new DeployException(
                "DEP-142",
                ended.child() + " ended by itself with exit code " + ended.exitCode()
                        + "; everything else was stopped and nothing is lost. Start again; its log " + ended.log()
                        + " ends with:\n  " + String.join("\n  ", ended.lastLines()));
    }

    static DeployException database(SQLException cause) {
        return new DeployException("DEP-143", "the sample shop's database does not answer; see its log", cause);
    }
}
