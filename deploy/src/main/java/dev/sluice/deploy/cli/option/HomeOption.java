package dev.sluice.deploy.cli.option;

import dev.sluice.deploy.ask.Answers;
import dev.sluice.deploy.home.Home;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Reads the option {@code --home}. */
public final class HomeOption {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${SLUICE_HOME:-.sluice}",
            description = "Folder that holds all state. Default: ${DEFAULT-VALUE}.")
    private Path path;

    /** The path as given, whether there is a home or not. */
    public Path path() {
        return path;
    }

    /** The home for a gateway, made when it is missing. */
    public Home open() {
        return Home.open(path);
    }

    /** The home at the path, whether there is one or not; nothing is made. */
    public Home asNamed() {
        return Home.at(path);
    }

    /** The home, which must be there; nothing is made. */
    public Home existing() {
        return Home.existing(path);
    }

    /** Answers about the home, which must be there. */
    public Answers answers() {
        return new Answers(existing());
    }
}
