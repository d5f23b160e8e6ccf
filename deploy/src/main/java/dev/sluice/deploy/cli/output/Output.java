package dev.sluice.deploy.cli.output;

import dev.sluice.cdc.finding.Finding;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The option {@code -o} and printing in that format. Answers go to standard output, everything else to standard error.
 */
public final class Output {

    /** As many checks without a fault fit one screen beside the others. */
    private static final int MOST_GOOD = 20;

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
        Listing.Builder listing = Listing.of("level", "code", "place", "what", "fix");
        findings.stream()
                .filter(f -> !count || f.level() != Finding.Level.OK)
                .forEach(f -> listing.row(f.level().name(), f.code(), f.place().toString(), f.what(), f.fix()));
        if (!count || good.size() < findings.size()) {
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

    /** Prints a text that is laid out already. */
    public void text(String text) {
        command.commandLine().getOut().println(text);
    }

    /** Says something to the person, beside the answer. */
    public void say(String text) {
        command.commandLine().getErr().println(text);
    }
}
