package dev.sluice.deploy.cli;

import dev.sluice.deploy.cli.option.HomeOption;
import dev.sluice.deploy.cli.option.LetterOption;
import dev.sluice.deploy.cli.output.Listing;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.letter.Letter;
import dev.sluice.deploy.letter.LetterRequest;
import dev.sluice.deploy.letter.LetterRequests;
import dev.sluice.deploy.letter.OfflineLetters;
import dev.sluice.masking.control.ControlDatabase;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice dlq discard}. */
@Command(
        name = "discard",
        description = {
            "Give dead letters up, for ever: a discarded letter is never replayed.",
            "Without --yes: only show what would be given up."
        },
        footer = {
            "",
            "Examples:",
            "  sluice dlq discard shop.public.customers-0-17 --reason T-4711",
            "  sluice dlq discard shop.public.customers-0-17 --reason T-4711 --yes",
            "  sluice dlq discard --dataset shop.public.orders --reason T-4711"
        })
final class DlqDiscard implements Callable<Integer> {

    @Mixin
    private HomeOption home;

    @Mixin
    private LetterOption letters;

    @Mixin
    private Output output;

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = "Ids of dead letters: topic-partition-offset@topicId; the part from @ on may be left out.")
    private List<String> ids = List.of();

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, in one line. The ledger keeps the reason for ever: no text about a person.")
    private String reason;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Override
    public Integer call() {
        Home existing = home.existing();
        List<Letter> chosen =
                home.answers().letters().chosen(letters.choice(ids).narrowed());
        NavigableSet<String> open =
                chosen.stream().filter(Letter::isOpen).map(Letter::id).collect(Collectors.toCollection(TreeSet::new));
        LetterRequest request = LetterRequest.discard(open, reason);
        output.print(listing(chosen));
        if (open.isEmpty()) {
            output.say("None of these letters is open, so nothing was changed.");
        } else if (yes) {
            file(existing, request);
        } else {
            output.say("Nothing was changed. Add --yes to give up " + open.size() + " letters.");
        }
        return ExitCode.OK;
    }

    private void file(Home existing, LetterRequest request) {
        try (ControlDatabase control = ControlDatabase.open(existing.controlDb())) {
            new LetterRequests(control).file(request);
        }
        if (HomeLock.isTaken(existing)) {
            output.say("A gateway is running on this home and gives up "
                    + request.letters().size() + " letters between two batches. Follow them with: sluice dlq list");
        } else {
            new OfflineLetters(existing).work();
            output.say(request.letters().size() + " letters are discarded. The ledger has the reason."
                    + " What was parked behind them appears with the next batch of a gateway.");
        }
    }

    private static Listing listing(List<Letter> chosen) {
        Listing.Builder listing = Listing.of("id", "since", "dataset", "code", "act");
        for (Letter letter : chosen) {
            String act =
                    letter.isOpen() ? "discard" : "none: is " + letter.state().label();
            listing.row(letter.id(), letter.since().toString(), letter.dataset(), letter.code(), act);
        }
        return listing.build();
    }
}
