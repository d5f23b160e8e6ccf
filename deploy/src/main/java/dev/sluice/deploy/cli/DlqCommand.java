package dev.sluice.deploy.cli;

import dev.sluice.deploy.cli.option.HomeOption;
import dev.sluice.deploy.cli.option.LetterOption;
import dev.sluice.deploy.cli.output.Listing;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.cli.output.Sheet;
import dev.sluice.deploy.letter.Letter;
import dev.sluice.deploy.letter.LetterCount;
import dev.sluice.deploy.letter.LetterState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice dlq}. */
@Command(
        name = "dlq",
        description =
                "Look at the dead letters: records that could not be governed, sealed. Replay them, or give them up.",
        footer = {"", "Example:", "  sluice dlq list"},
        subcommands = {
            DlqCommand.ListLetters.class,
            DlqCommand.ShowLetter.class,
            DlqCommand.CountLetters.class,
            DlqDiscard.class,
            DlqReplay.class
        })
final class DlqCommand {

    /** {@code sluice dlq list}. */
    @Command(
            name = "list",
            description = "List the dead letters, oldest first.",
            footer = {
                "",
                "Examples:",
                "  sluice dlq list",
                "  sluice dlq list --dataset shop.public.customers",
                "  sluice dlq list -o csv"
            })
    static final class ListLetters implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private LetterOption letters;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            Listing.Builder listing = Listing.of("id", "state", "since", "dataset", "stage", "code", "detail");
            for (Letter letter : home.answers().letters().chosen(letters.choice(List.of()))) {
                listing.row(
                        letter.id(),
                        letter.state().label(),
                        letter.since().toString(),
                        letter.dataset(),
                        letter.view().reason().stage(),
                        letter.code(),
                        letter.view().reason().detail());
            }
            output.print(listing.build());
            return ExitCode.OK;
        }
    }

    /** {@code sluice dlq show}. */
    @Command(
            name = "show",
            description = "Show one dead letter and what became of it; its payload stays sealed.",
            footer = {"", "Example:", "  sluice dlq show shop.public.customers-0-17"})
    static final class ShowLetter implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Output output;

        @Parameters(
                paramLabel = "ID",
                description =
                        "Id of the dead letter: topic-partition-offset@topicId; the part from @ on may be left out.")
        private String id;

        @Override
        public Integer call() {
            Letter letter = home.answers().letter(id);
            output.print(Sheet.empty()
                    .with("id", letter.id())
                    .with("state", letter.state().label())
                    .with("how", letter.how())
                    .with("since", letter.since().toString())
                    .with("dataset", letter.dataset())
                    .with("stage", letter.view().reason().stage())
                    .with("key", letter.view().key())
                    .with("code", letter.code())
                    .with("detail", letter.view().reason().detail())
                    .with("batch", letter.view().batch())
                    .with("sealed_bytes", letter.view().bytes())
                    .with("sealed_by", letter.view().keyId()));
            return ExitCode.OK;
        }
    }

    /** {@code sluice dlq stats}. */
    @Command(
            name = "stats",
            description = "Count the dead letters by dataset, code and stage, and say what became of them.",
            footer = {"", "Examples:", "  sluice dlq stats", "  sluice dlq stats -o json"})
    static final class CountLetters implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private LetterOption letters;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            Listing.Builder listing = Listing.of(
                    "dataset", "code", "stage", "count", "open", "replayed", "discarded", "oldest", "newest");
            for (LetterCount count : LetterCount.of(home.answers().letters().chosen(letters.choice(List.of())))) {
                listing.row(
                        count.dataset(),
                        count.code(),
                        count.stage(),
                        count.count(),
                        count.in(LetterState.OPEN),
                        count.in(LetterState.REPLAYED),
                        count.in(LetterState.DISCARDED),
                        count.oldest().toString(),
                        count.newest().toString());
            }
            output.print(listing.build());
            return ExitCode.OK;
        }
    }
}
