package dev.sluice.deploy.cli;

import dev.sluice.audit.verify.Verification;
import dev.sluice.deploy.cli.option.HomeOption;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.cli.output.Sheet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice audit}. */
@Command(
        name = "audit",
        description = "Verify the ledger.",
        footer = {"", "Example:", "  sluice audit verify"},
        subcommands = {AuditCommand.Verify.class})
final class AuditCommand {

    /** {@code sluice audit verify}. */
    @Command(
            name = "verify",
            description = "Recompute every leaf, the root and the signatures, and compare the record with the tables.",
            footer = {"", "Examples:", "  sluice audit verify", "  sluice audit verify --home /var/lib/sluice -o json"})
    static final class Verify implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Output output;

        @Override
        public Integer call() {
            Verification verification = home.answers().verification();
            verification.steps().forEach(output::say);
            verification.findings().forEach(f -> output.say(f.toString()));
            output.print(Sheet.empty()
                    .with("verified", verification.ok())
                    .with("size", verification.size())
                    .with("root", verification.root())
                    .with("batches", verification.counts().batches())
                    .with("records", verification.counts().records())
                    .with("table_versions", verification.counts().commits())
                    .with("expired", verification.counts().expired())
                    .with(
                            "findings",
                            verification.findings().stream()
                                    .map(Object::toString)
                                    .toList()));
            return verification.ok() ? ExitCode.OK : ExitCode.FAULTS_FOUND;
        }
    }
}
