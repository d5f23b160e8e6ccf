package dev.sluice.deploy.cli;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The command lines in help: in the pages of topics and in the examples of every command. */
public final class HelpPages {

    private HelpPages() {}

    /** All of them, without the name of the program. */
    public static Set<String> commands() {
        Set<String> commands = new TreeSet<>();
        HelpCommand.TOPICS.forEach(
                topic -> commands.addAll(commands(Commands.print("help", topic).out())));
        Commands.all()
                .forEach(command -> commands.addAll(commands(String.join(
                        "\n", command.line().getCommandSpec().usageMessage().footer()))));
        return commands;
    }

    /** The command lines of a text, without the name of the program and without what is said beside a command. */
    static List<String> commands(String text) {
        return text.lines()
                .filter(line -> line.startsWith("  "))
                .map(String::strip)
                .filter(line -> line.startsWith("sluice "))
                .map(line -> line.replaceFirst("( {2,}| \\|\\| ).*", "").substring("sluice ".length()))
                .toList();
    }
}
