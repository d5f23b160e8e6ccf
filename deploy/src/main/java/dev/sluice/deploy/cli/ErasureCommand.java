package dev.sluice.deploy.cli;

import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.embedded.HomeLock;
import dev.sluice.deploy.gateway.Custody;
import dev.sluice.deploy.gateway.ErasureDesk;
import dev.sluice.deploy.gateway.Offline;
import dev.sluice.deploy.gateway.SubjectKinds;
import dev.sluice.deploy.report.Listing;
import dev.sluice.deploy.report.Sheet;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.masking.control.ErasureCases;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice erasure}. */
@Command(
        name = "erasure",
        description = "Erase a person: marker, key, rows, ledger.",
        subcommands = {ErasureCommand.Submit.class, ErasureCommand.Status.class})
final class ErasureCommand {

    /** {@code sluice erasure submit}. */
    @Command(name = "submit", description = "File a request. A running gateway works it; otherwise it is worked here.")
    static final class Submit implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Answer answer;

        @Spec
        private CommandSpec spec;

        @Option(
                names = "--subject",
                required = true,
                paramLabel = "KIND:KEY",
                description = "The person, for example customer:7. Key parts are separated by commas.")
        private String subject;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "REFERENCE",
                description = "Reference of the request, for example a ticket number. No text about the person.")
        private String reason;

        @Option(
                names = "--never-seen",
                description = "File it also for a person of whom nothing has come: only a marker keeps them out.")
        private boolean neverSeen;

        @Override
        public Integer call() {
            int colon = subject.indexOf(':');
            if (colon < 1 || colon == subject.length() - 1) {
                throw new ParameterException(spec.commandLine(), "--subject must be KIND:KEY, for example customer:7");
            }
            if (!reason.matches("[A-Za-z0-9._/#-]{1,64}")) {
                throw new ParameterException(
                        spec.commandLine(), "--reason must be a reference of at most 64 letters, digits and . _ / # -");
            }
            if (reason.equals(ErasureCase.KEY_CHANGE)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--reason " + reason + " is the gateway's own; give the request's reference");
            }
            String kind = subject.substring(0, colon);
            List<String> key = List.of(subject.substring(colon + 1).split(",", -1));
            Home opened = home.existing();
            ErasureCase filed = file(opened, kind, key);
            ErasureCase worked = HomeLock.isTaken(opened) ? filed : Offline.work(opened, filed);
            answer.print(sheet(worked));
            if (worked.state() != ErasureCase.State.DONE) {
                answer.say("a gateway is running on this home and works the case between two batches;"
                        + " follow it with: sluice erasure status " + worked.caseId());
            }
            return worked.state() == ErasureCase.State.FAILED ? ExitCode.PARTLY_FAILED : ExitCode.OK;
        }

        private ErasureCase file(Home opened, String kind, List<String> key) {
            try (Custody custody = Custody.open(opened)) {
                NavigableSet<String> known = SubjectKinds.of(custody);
                if (!known.isEmpty() && !known.contains(kind)) {
                    throw new ParameterException(
                            spec.commandLine(), "the policy knows no such kind of person; it knows " + known);
                }
                if (!neverSeen && !ErasureDesk.knows(custody, kind, key)) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "nothing of that " + kind + " has come to this home, so nothing was filed. Write each key"
                                    + " part as the source does: 7 and not 007, a UUID in small letters; a gateway that"
                                    + " is still reading may not have come to it yet. To keep out a person who never"
                                    + " came, add --never-seen");
                }
                return ErasureDesk.file(custody, kind, key, reason);
            }
        }
    }

    /** {@code sluice erasure status}. */
    @Command(name = "status", description = "Say how far requests are.")
    static final class Status implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Answer answer;

        @Spec
        private CommandSpec spec;

        @Parameters(arity = "0..1", paramLabel = "CASE", description = "One case; all without it.")
        private String caseId;

        @Override
        public Integer call() {
            try (Custody custody = Custody.open(home.existing())) {
                ErasureCases cases = ErasureDesk.cases(custody);
                if (caseId != null) {
                    answer.print(sheet(cases.find(caseId)
                            .orElseThrow(() -> new ParameterException(
                                    spec.commandLine(),
                                    "no case " + caseId + "; list them with: sluice erasure status"))));
                    return ExitCode.OK;
                }
                Listing.Builder listing = Listing.of("case", "state", "kind", "requested_at", "updated_at", "reason");
                for (ErasureCase c : cases.all()) {
                    listing.row(
                            c.caseId(),
                            c.state().name(),
                            c.kind(),
                            c.requestedAt().toString(),
                            c.updatedAt().toString(),
                            c.reasonReference());
                }
                answer.print(listing.build());
                return ExitCode.OK;
            }
        }
    }

    private static Sheet sheet(ErasureCase c) {
        return Sheet.empty()
                .with("case", c.caseId())
                .with("state", c.state().name())
                .with("kind", c.kind())
                .with("subject", c.pseudonym())
                .with("reason", c.reasonReference())
                .with("requested_at", c.requestedAt().toString())
                .with("updated_at", c.updatedAt().toString())
                .with("steps", c.steps().describe());
    }
}
