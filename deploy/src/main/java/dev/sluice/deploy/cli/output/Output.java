package dev.sluice.deploy.cli.output;

import dev.sluice.cdc.finding.Finding;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Reads the option {@code -o} and prints in that format. Answers go to standard output, everything else to standard
 * error.
 */
public final class Output {

    /** As many checks without a fault fit one screen beside the others. */
    private static final int MOST_GOOD = 20;

    /** A longer value stands above what is said about it, so that the lines keep room. */
    private static final int MOST_BESIDE = 20;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "${SLUICE_OUTPUT:-table}",
            description = "Format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    /** Prints a list of rows. */
    public void print(Listing listing) {
        command.commandLine().getOut().print(format.render(listing));
    }

    /** Prints rows with many fields that are compared with each other. */
    public void printCompared(Listing listing) {
        if (isForPeople()) {
            command.commandLine().getOut().print(TextTable.compared(listing, TextTable.columns()));
        } else {
            print(listing);
        }
    }

    /** Prints one object. */
    public void print(Sheet sheet) {
        command.commandLine().getOut().print(format.render(sheet));
    }

    /** Prints findings as rows. For people, many that are no fault are counted instead of listed. */
    public void print(List<Finding> findings) {
        List<Finding> good = findings.stream()
                .filter(finding -> finding.level() == Finding.Level.OK)
                .toList();
        boolean count = isForPeople() && good.size() > MOST_GOOD;
        List<Finding> shown = findings.stream()
                .filter(f -> !count || f.level() != Finding.Level.OK)
                .toList();
        Listing.Builder listing = Listing.of("level", "code", "place", "what", "fix");
        shown.forEach(f -> listing.row(f.level().name(), f.code(), f.place().toString(), f.what(), f.fix()));
        if (isForPeople() && !shown.isEmpty()) {
            command.commandLine().getOut().print(TextTable.findings(shown, listing.build(), TextTable.columns()));
        } else if (!count) {
            print(listing.build());
        }
        if (count) {
            say(good.size() + " checks found no fault; -o json lists them.");
        }
    }

    /** Whether the answer is a text for people, which a command may lay out itself. */
    public boolean isForPeople() {
        return format == Format.table;
    }

    /** Prints a text that is laid out already; on a terminal a line that is too long is wrapped. */
    public void text(String text) {
        int columns = TextTable.columns();
        command.commandLine().getOut().println(columns == Integer.MAX_VALUE ? text : Wrapped.hanging(text, columns));
    }

    /**
     * Prints a value and the lines that say more about it.
     *
     * @param more makes the text that begins with the value it is given, and indents every other line as far
     */
    public void explained(String value, UnaryOperator<String> more) {
        boolean beside = Wrapped.length(value) <= Math.min(MOST_BESIDE, TextTable.columns() / 4);
        text(beside || TextTable.columns() == Integer.MAX_VALUE ? more.apply(value) : value + "\n" + more.apply(""));
    }

    /** Says something to the person, beside the answer. */
    public void say(String text) {
        command.commandLine().getErr().println(text);
    }
}
