package dev.sluice.deploy.cli;

import dev.sluice.audit.verify.Verification;
import dev.sluice.deploy.gateway.Ledgers;
import dev.sluice.deploy.report.Sheet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice audit}. */
@Command(
        name = "audit",
        description = "Verify the ledger.",
        subcommands = {AuditCommand.Verify.class})
final class AuditCommand {

    /** {@code sluice audit verify}. */
    @Command(
            name = "verify",
            description = "Recompute every leaf, the root and the signatures, and compare the record with the tables.")
    static final class Verify implements Callable<Integer> {

        @Mixin
        private HomeOption home;

        @Mixin
        private Answer answer;

        @Override
        public Integer call() {
            Verification verification = Ledgers.verify(home.existing());
            verification.steps().forEach(answer::say);
            verification.findings().forEach(f -> answer.say(f.toString()));
            answer.print(Sheet.empty()
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
