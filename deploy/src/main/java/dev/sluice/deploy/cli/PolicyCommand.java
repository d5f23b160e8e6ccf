package dev.sluice.deploy.cli;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.report.Listing;
import dev.sluice.policy.review.Golden;
import dev.sluice.policy.review.PlanTable;
import dev.sluice.policy.review.PolicyCheck;
import dev.sluice.policy.review.PolicyTestResult;
import dev.sluice.policy.review.PolicyTestStatus;
import dev.sluice.policy.review.PolicyTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice policy}. */
@Command(
        name = "policy",
        description = "Check, test and read a policy folder.",
        subcommands = {PolicyCommand.Check.class, PolicyCommand.Test.class, PolicyCommand.Show.class})
final class PolicyCommand {

    /** Where the policy folder is. */
    static final class Folder {

        @Spec(Spec.Target.MIXEE)
        private CommandSpec command;

        @Mixin
        private HomeOption home;

        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description = "The policy folder. Default: policy in the home, else policy here.")
        private @Nullable Path dir;

        Path path() {
            Path inHome = home.path().resolve("policy");
            Path chosen = dir != null ? dir : Files.isDirectory(inHome) ? inHome : Path.of("policy");
            if (!Files.isDirectory(chosen)) {
                throw new ParameterException(
                        command.commandLine(), chosen + " is not a folder; name the policy folder with --dir");
            }
            return chosen;
        }
    }

    /** {@code sluice policy check}. */
    @Command(name = "check", description = "Report every problem of the folder with file and line.")
    static final class Check implements Callable<Integer> {

        @Mixin
        private Folder folder;

        @Mixin
        private Answer answer;

        @Override
        public Integer call() {
            List<Finding> findings = PolicyCheck.run(folder.path());
            answer.print(Findings.listing(findings));
            long errors = findings.stream().filter(Finding::fails).count();
            answer.say(errors + " errors, " + (findings.size() - errors) + " others");
            return Findings.exitCode(findings);
        }
    }

    /** {@code sluice policy test}. */
    @Command(name = "test", description = "Run the folder's tests: golden decisions, invariants, opa test.")
    static final class Test implements Callable<Integer> {

        @Mixin
        private Folder folder;

        @Mixin
        private Answer answer;

        @Override
        public Integer call() {
            List<PolicyTestResult> results = PolicyTests.run(folder.path());
            Listing.Builder listing = Listing.of("test", "status", "detail");
            results.forEach(r -> listing.row(r.name(), r.status().name(), r.detail()));
            answer.print(listing.build());
            return results.stream().anyMatch(r -> r.status() == PolicyTestStatus.FAILED)
                    ? ExitCode.FAULTS_FOUND
                    : ExitCode.OK;
        }
    }

    /** {@code sluice policy plan}. */
    @Command(name = "plan", description = "Show what happens to every field of a dataset, and which rule says so.")
    static final class Show implements Callable<Integer> {

        @Mixin
        private Folder folder;

        @Mixin
        private Answer answer;

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "DATASET", description = "For example shop.public.customers.")
        private String dataset;

        @Option(
                names = "--consumer",
                defaultValue = "lake-analytics",
                description = "For whom. Default: ${DEFAULT-VALUE}.")
        private String consumer;

        @Override
        public Integer call() {
            Path path = folder.path();
            Golden recorded = Golden.all(path).stream()
                    .filter(g ->
                            g.dataset().topic().equals(dataset) && g.consumer().equals(consumer))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "no recorded schema of " + dataset + " for " + consumer + " in " + path.resolve("golden")
                                    + "; there is " + datasets(path)));
            Listing.Builder listing = Listing.of(PlanTable.COLUMNS.toArray(String[]::new));
            PlanTable.rows(Plans.of(path, recorded.dataset(), recorded.schema(), consumer))
                    .forEach(row -> listing.row(row.cells().toArray()));
            answer.print(listing.build());
            return ExitCode.OK;
        }

        private static List<String> datasets(Path path) {
            return Golden.all(path).stream()
                    .map(g -> g.dataset().topic() + " for " + g.consumer())
                    .toList();
        }
    }
}
