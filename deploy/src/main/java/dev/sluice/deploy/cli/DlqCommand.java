package dev.sluice.deploy.cli;

import dev.sluice.deploy.report.Listing;
import dev.sluice.deploy.report.Sheet;
import dev.sluice.sinks.query.DeadLetterView;
import dev.sluice.sinks.query.GovernedTables;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice dlq}. */
@Command(
        name = "dlq",
        description = "Look at the dead letters: records that could not be governed, sealed.",
        subcommands = {DlqCommand.All.class, DlqCommand.Show.class})
final class DlqCommand {

    /** {@code sluice dlq list}. */
    @Command(name = "list", description = "List the dead letters, oldest first.")
    static final class All implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Answer answer;

        @Override
        public Integer call() {
            Listing.Builder listing = Listing.of("id", "since", "dataset", "stage", "code", "detail");
            for (DeadLetterView letter : tables(home).deadLetters()) {
                listing.row(
                        letter.id(),
                        letter.since().toString(),
                        letter.dataset(),
                        letter.reason().stage(),
                        letter.reason().code(),
                        letter.reason().detail());
            }
            answer.print(listing.build());
            return ExitCode.OK;
        }
    }

    /** {@code sluice dlq show}. */
    @Command(name = "show", description = "Show one dead letter; its payload stays sealed.")
    static final class Show implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Answer answer;

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "ID", description = "Its id: topic-partition-offset.")
        private String id;

        @Override
        public Integer call() {
            DeadLetterView letter = tables(home)
                    .deadLetter(id)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "no dead letter " + id + "; list them with: sluice dlq list"));
            answer.print(Sheet.empty()
                    .with("id", letter.id())
                    .with("since", letter.since().toString())
                    .with("dataset", letter.dataset())
                    .with("stage", letter.reason().stage())
                    .with("code", letter.reason().code())
                    .with("detail", letter.reason().detail())
                    .with("batch", letter.batch())
                    .with("sealed_bytes", letter.sealed().length)
                    .with("sealed_by", letter.keyId()));
            return ExitCode.OK;
        }
    }

    private static GovernedTables tables(HomeOption home) {
        return new GovernedTables(home.existing().lake().toString(), new Configuration());
    }
}
