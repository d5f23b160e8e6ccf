package dev.sluice.deploy.cli;

import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.pipeline.Guess;
import dev.sluice.sinks.query.GovernedTables;
import dev.sluice.sinks.query.TableState;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The parameter that names one governed table of a home. */
final class TableChoice {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private HomeOption home;

    @Parameters(paramLabel = "TABLE", description = "Table name, dataset, or path below the lake.")
    private String name;

    Home home() {
        return home.existing();
    }

    /** Reads the tables of the home. */
    GovernedTables tables() {
        return new GovernedTables(home().lake().toString(), new Configuration());
    }

    /** The one table of that name. */
    TableState table() {
        List<TableState> all = tables().tables();
        List<TableState> found = all.stream()
                .filter(t -> t.name().equals(name)
                        || t.name().endsWith("/" + name)
                        || t.name().endsWith("." + name))
                .toList();
        if (found.size() != 1) {
            List<String> names = (found.isEmpty() ? all : found)
                    .stream().map(TableState::name).toList();
            String guess = Guess.nearest(name, shortNames(all))
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            throw new ParameterException(
                    command.commandLine(),
                    (found.isEmpty() ? "no table " + name + guess : "more than one table " + name) + "; there is "
                            + names);
        }
        return found.get(0);
    }

    private static List<String> shortNames(List<TableState> all) {
        return all.stream()
                .map(table -> table.name().replaceFirst("^.*[./]", ""))
                .toList();
    }
}
