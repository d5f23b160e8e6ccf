package dev.sluice.deploy.cli;

import dev.sluice.deploy.ask.Answers;
import dev.sluice.deploy.ask.BatchText;
import dev.sluice.deploy.cli.option.LetterOption;
import dev.sluice.deploy.cli.option.PipelineOption;
import dev.sluice.deploy.cli.output.Listing;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.letter.Letter;
import dev.sluice.deploy.letter.LetterRequest;
import dev.sluice.deploy.letter.LetterRequests;
import dev.sluice.deploy.letter.Letters;
import dev.sluice.deploy.letter.OfflineReplay;
import dev.sluice.deploy.letter.SealedLetters;
import dev.sluice.deploy.log.LogTarget;
import dev.sluice.deploy.pipeline.PipelineFile;
import dev.sluice.sinks.delta.BatchPreview;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice dlq replay}. */
@Command(
        name = "replay",
        description = {
            "Send dead letters through the line again, under the policy of today.",
            "A running gateway replays them between two batches; otherwise they are replayed here."
        },
        footer = {
            "",
            "Examples:",
            "  sluice dlq replay shop.public.customers-0-17 --preview",
            "  sluice dlq replay shop.public.customers-0-17",
            "  sluice dlq replay --dataset shop.public.orders -f pipeline.yaml"
        })
final class DlqReplay implements Callable<Integer>, LongRunning {

    @Mixin
    private PipelineOption pipeline;

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
            names = "--preview",
            description = "Only say which intervals of which keys would change. Needs a home without a gateway.")
    private boolean preview;

    @Override
    public void chooseLog() {
        if (!HomeLock.isTaken(pipeline.home())) {
            LogTarget.chooseFile(pipeline.existingHome().logs());
        }
    }

    @Override
    public Integer call() {
        Home home = pipeline.existingHome();
        Letters.Choice choice = letters.choice(ids).narrowed();
        List<Letter> chosen = new Answers(home).letters().chosen(choice);
        NavigableSet<String> replayable = replayable(home, chosen);
        if (replayable.isEmpty()) {
            output.print(outcome(chosen, replayable));
            output.say("None of these letters is open and holds its record, so nothing was changed.");
            return ExitCode.OK;
        }
        if (preview) {
            show(new OfflineReplay(home, PipelineFile.read(pipeline.file())).preview(replayable));
            return ExitCode.OK;
        }
        return replay(home, chosen, replayable);
    }

    private int replay(Home home, List<Letter> chosen, NavigableSet<String> replayable) {
        boolean taken = HomeLock.isTaken(home);
        OfflineReplay offline = taken ? null : new OfflineReplay(home, PipelineFile.read(pipeline.file()));
        try (Custody custody = Custody.open(home)) {
            new LetterRequests(custody.control()).file(LetterRequest.replay(replayable));
        }
        if (offline == null) {
            output.say("A gateway is running on this home and replays " + replayable.size()
                    + " letters between two batches. Follow them with: sluice dlq list");
            return ExitCode.OK;
        }
        offline.work(audited -> output.say(BatchText.of(audited)));
        List<String> named = chosen.stream().map(Letter::id).toList();
        List<Letter> after = new Answers(home).letters().chosen(new Letters.Choice(named, "", ""));
        output.print(outcome(after, replayable));
        boolean open = after.stream().anyMatch(Letter::isOpen);
        return open ? ExitCode.PARTLY_FAILED : ExitCode.OK;
    }

    private static NavigableSet<String> replayable(Home home, List<Letter> chosen) {
        try (Custody custody = Custody.open(home)) {
            return new SealedLetters(home, custody).replayable(chosen);
        }
    }

    private static Listing outcome(List<Letter> letters, NavigableSet<String> tried) {
        Listing.Builder listing = Listing.of("id", "dataset", "code", "state", "how");
        for (Letter letter : letters) {
            String open = tried.contains(letter.id()) ? "rejected again" : "holds no record to replay";
            listing.row(
                    letter.id(),
                    letter.dataset(),
                    letter.code(),
                    letter.state().label(),
                    letter.isOpen() ? open : letter.how());
        }
        return listing.build();
    }

    private void show(BatchPreview shown) {
        Listing.Builder listing = Listing.of("table", "key", "act", "from", "to", "position");
        for (BatchPreview.IntervalChange change : shown.intervals()) {
            listing.row(
                    change.table(),
                    change.key(),
                    change.removed() ? "remove" : "write",
                    text(change.lasting().from()),
                    text(change.lasting().to()),
                    change.seq());
        }
        output.print(listing.build());
        for (BatchPreview.Rejection again : shown.rejections()) {
            output.say(again.id() + " would be rejected again: " + again.code() + ", " + again.detail());
        }
        output.say("Of " + shown.counts().in() + " letters, " + shown.counts().applied() + " would be applied, "
                + shown.counts().duplicate() + " are known already, "
                + shown.counts().deadLettered() + " would be rejected again. Nothing was changed.");
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }
}
