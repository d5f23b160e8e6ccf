package dev.sluice.deploy.cli;

import dev.sluice.cdc.finding.Counted;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.cli.option.PolicyOption;
import dev.sluice.deploy.cli.output.Listing;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.policy.review.PlanTable;
import dev.sluice.policy.review.PolicyTestResult;
import dev.sluice.policy.review.PolicyTestStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice policy}. */
@Command(
        name = "policy",
        description = "Check, test and read a policy folder.",
        footer = {"", "Example:", "  sluice policy check --dir policy"},
        subcommands = {PolicyCommand.CheckFolder.class, PolicyCommand.TestFolder.class, PolicyCommand.ShowPlan.class})
final class PolicyCommand {

    /** {@code sluice policy check}. */
    @Command(
            name = "check",
            description = "Report every problem of the folder with file and line.",
            footer = {"", "Example:", "  sluice policy check --dir policy"})
    static final class CheckFolder implements Callable<Integer> {

        @Mixin
        private PolicyOption folder;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            List<Finding> findings = folder.answers().check();
            output.print(findings);
            long faults = findings.stream().filter(Finding::fails).count();
            output.say(
                    Counted.of(faults, "fault") + ", " + Counted.of(findings.size() - faults, "other finding") + ".");
            return ExitCode.of(findings);
        }
    }

    /** {@code sluice policy test}. */
    @Command(
            name = "test",
            description = "Run the folder's tests: golden decisions, invariants, opa test.",
            footer = {"", "Example:", "  sluice policy test --dir policy"})
    static final class TestFolder implements Callable<Integer> {

        @Mixin
        private PolicyOption folder;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            List<PolicyTestResult> results = folder.answers().tests();
            Listing.Builder listing = Listing.of("test", "status", "detail");
            results.forEach(r -> listing.row(r.name(), r.status().name(), r.detail()));
            output.print(listing.build());
            return results.stream().anyMatch(r -> r.status() == PolicyTestStatus.FAILED)
                    ? ExitCode.FAULTS_FOUND
                    : ExitCode.OK;
        }
    }

    /** {@code sluice policy plan}. */
    @Command(
            name = "plan",
            description = "Show what happens to every field of a dataset, and which rule says so.",
            footer = {
                "",
                "Examples:",
                "  sluice policy plan shop.public.customers",
                "  sluice policy plan shop.public.customers --consumer lake-analytics -o csv"
            })
    static final class ShowPlan implements Callable<Integer> {

        @Mixin
        private PolicyOption folder;

        @Mixin
        private Output output;

        @Parameters(paramLabel = "DATASET", description = "For example shop.public.customers.")
        private String dataset;

        @Option(
                names = "--consumer",
                defaultValue = "lake-analytics",
                description = "For whom. Default: ${DEFAULT-VALUE}.")
        private String consumer;

        @Override
        public Integer call() {
            Listing.Builder listing = Listing.of(PlanTable.COLUMNS.toArray(String[]::new));
            folder.answers()
                    .plan(dataset, consumer)
                    .forEach(row -> listing.row(row.cells().toArray()));
            output.print(listing.build());
            return ExitCode.OK;
        }
    }
}
