package dev.sluice.deploy.cli;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.embedded.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --home}. */
final class HomeOption {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${SLUICE_HOME:-.sluice}",
            description = "Folder that holds all state. Default: ${DEFAULT-VALUE}.")
    private Path path;

    /** The path as given, whether it is there or not. */
    Path path() {
        return path;
    }

    /** The home, made when it is missing. Log files go there from now on. */
    Home open() {
        Home home = Home.open(path);
        System.setProperty("sluice.logs", home.logs().toString());
        return home;
    }

    /**
     * The home, which must be there.
     *
     * @throws DeployException {@code DEP-401} when it is not
     */
    Home existing() {
        if (!Files.isDirectory(path.resolve("keys"))) {
            throw new DeployException(
                    "DEP-401",
                    path.toAbsolutePath().normalize()
                            + " is not a home: it has no keys. Start sluice demo or sluice run first, or "
                            + "name another with"
                            + " --home");
        }
        return open();
    }
}
