package dev.sluice.deploy.cli;

import dev.sluice.deploy.cli.option.HomeOption;
import dev.sluice.deploy.cli.output.Listing;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.cli.output.Sheet;
import dev.sluice.sinks.query.DeadLetterView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice dlq}. */
@Command(
        name = "dlq",
        description = "Look at the dead letters: records that could not be governed, sealed.",
        footer = {"", "Example:", "  sluice dlq list"},
        subcommands = {DlqCommand.ListLetters.class, DlqCommand.ShowLetter.class})
final class DlqCommand {

    /** {@code sluice dlq list}. */
    @Command(
            name = "list",
            description = "List the dead letters, oldest first.",
            footer = {"", "Examples:", "  sluice dlq list", "  sluice dlq list -o csv"})
    static final class ListLetters implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            Listing.Builder listing = Listing.of("id", "since", "dataset", "stage", "code", "detail");
            for (DeadLetterView letter : home.answers().deadLetters()) {
                listing.row(
                        letter.id(),
                        letter.since().toString(),
                        letter.dataset(),
                        letter.reason().stage(),
                        letter.reason().code(),
                        letter.reason().detail());
            }
            output.print(listing.build());
            return ExitCode.OK;
        }
    }

    /** {@code sluice dlq show}. */
    @Command(
            name = "show",
            description = "Show one dead letter; its payload stays sealed.",
            footer = {"", "Example:", "  sluice dlq show shop.public.customers-0-17"})
    static final class ShowLetter implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Output output;

        @Parameters(paramLabel = "ID", description = "The id of the dead letter: topic-partition-offset.")
        private String id;

        @Override
        public Integer call() {
            DeadLetterView letter = home.answers().deadLetter(id);
            output.print(Sheet.empty()
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
}
