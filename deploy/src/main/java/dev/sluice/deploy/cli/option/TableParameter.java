package dev.sluice.deploy.cli.option;

import dev.sluice.deploy.ask.Answers;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads the parameter that names one governed table of a home. */
public final class TableParameter {

    @Mixin
    private HomeOption home;

    @Parameters(paramLabel = "TABLE", description = "Table name, dataset, or path below the lake.")
    private String name;

    /** Answers about the home. */
    public Answers answers() {
        return home.answers();
    }

    /** The name as given. */
    public String name() {
        return name;
    }
}
