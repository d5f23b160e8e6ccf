package dev.sluice.deploy.cli;

import dev.sluice.deploy.report.Format;
import dev.sluice.deploy.report.Listing;
import dev.sluice.deploy.report.Sheet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code -o} and printing in that format. */
final class Answer {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "${SLUICE_OUTPUT:-table}",
            description = "Format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    void print(Listing listing) {
        command.commandLine().getOut().print(format.render(listing));
    }

    void print(Sheet sheet) {
        command.commandLine().getOut().print(format.render(sheet));
    }

    /** Whether the answer is a text for people, which a command may lay out itself. */
    boolean isForPeople() {
        return format == Format.table;
    }

    /** Prints an answer that is laid out already. */
    void text(String text) {
        command.commandLine().getOut().println(text);
    }

    /** Says something to the person, beside the answer. */
    void say(String text) {
        command.commandLine().getErr().println(text);
    }
}
