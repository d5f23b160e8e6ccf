package dev.sluice.deploy.cli;

import dev.sluice.deploy.ask.ErasureView;
import dev.sluice.deploy.cli.option.HomeOption;
import dev.sluice.deploy.cli.output.Listing;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.cli.output.Sheet;
import dev.sluice.deploy.erasure.ErasureRequests;
import dev.sluice.deploy.erasure.OfflineErasure;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.key.KeySource;
import dev.sluice.deploy.key.PersonText;
import dev.sluice.deploy.log.LogTarget;
import dev.sluice.masking.control.ErasureCase;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice erasure}. */
@Command(
        name = "erasure",
        description = "Erase a person: marker, key, rows, ledger.",
        footer = {"", "Example:", "  sluice erasure status"},
        subcommands = {ErasureCommand.Submit.class, ErasureCommand.CaseStatus.class})
final class ErasureCommand {

    /** {@code sluice erasure submit}. */
    @Command(
            name = "submit",
            description = "File a request. A running gateway works it; otherwise it is worked here.",
            footer = {
                "",
                "Examples:",
                "  sluice erasure submit --subject customer:7 --reason T-1",
                "  sluice erasure submit --subject customer:7 --reason T-2 --never-seen"
            })
    static final class Submit implements Callable<Integer>, LongRunning {

        @Mixin
        private HomeOption home;

        @Mixin
        private Output output;

        @Option(
                names = "--subject",
                required = true,
                paramLabel = "KIND:KEY",
                description =
                        "The person, for example customer:7; the key as for --key of table history. @FILE reads the"
                                + " person from a file, - from standard input.")
        private String subject;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "REFERENCE",
                description = "Reference of the request, for example a ticket number. No text about the person.")
        private String reason;

        @Option(
                names = "--never-seen",
                description = "File it also for a person of whom no record has come: a marker keeps them out.")
        private boolean neverSeen;

        @Override
        public void chooseLog() {
            if (!HomeLock.isTaken(home.asNamed())) {
                LogTarget.chooseFile(home.existing().logs());
            }
        }

        @Override
        public Integer call() {
            PersonText person = KeySource.of("--subject", subject).person();
            Home opened = home.existing();
            ErasureCase filed;
            try (Custody custody = Custody.open(opened)) {
                filed = new ErasureRequests(custody)
                        .submit(new ErasureRequests.Request(
                                person.kind(), person.key().parts(), reason, neverSeen));
            }
            ErasureCase worked = HomeLock.isTaken(opened) ? filed : new OfflineErasure(opened).work(filed);
            output.print(sheet(ErasureView.of(worked)));
            if (worked.state() != ErasureCase.State.DONE) {
                output.say("A gateway is running on this home and works the case between two batches. Follow the case"
                        + " with: sluice erasure status " + worked.caseId());
            }
            return ExitCode.OK;
        }
    }

    /** {@code sluice erasure status}. */
    @Command(
            name = "status",
            description = "Say how far requests are.",
            footer = {"", "Examples:", "  sluice erasure status", "  sluice erasure status er-2c26b46b68ff"})
    static final class CaseStatus implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Output output;

        @Parameters(arity = "0..1", paramLabel = "CASE", description = "One case; all without it.")
        private @Nullable String caseId;

        @Override
        public Integer call() {
            if (caseId != null) {
                output.print(sheet(home.answers().erasure(caseId)));
                return ExitCode.OK;
            }
            Listing.Builder listing = Listing.of("case", "state", "kind", "requested_at", "updated_at", "reason");
            for (ErasureView view : home.answers().erasures()) {
                listing.row(
                        view.caseId(),
                        view.state().name(),
                        view.filed().kind(),
                        view.filed().requestedAt().toString(),
                        view.filed().updatedAt().toString(),
                        view.filed().reason());
            }
            output.print(listing.build());
            return ExitCode.OK;
        }
    }

    private static Sheet sheet(ErasureView view) {
        return Sheet.empty()
                .with("case", view.caseId())
                .with("state", view.state().name())
                .with("kind", view.filed().kind())
                .with("reason", view.filed().reason())
                .with("requested_at", view.filed().requestedAt().toString())
                .with("updated_at", view.filed().updatedAt().toString())
                .with("key_destroyed", view.effect().keyDestroyed())
                .with("names", view.effect().names())
                .with("rows_deleted", view.effect().rowsDeleted())
                .with("leaf", view.effect().leaf());
    }
}
