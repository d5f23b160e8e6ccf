package dev.sluice.deploy.demo;

import dev.sluice.audit.verify.Verification;
import dev.sluice.deploy.ask.Totals;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.sinks.query.GovernedTables;
import dev.sluice.sinks.query.TableState;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Tells what came of the story, read back from ledger, tables and control state.
 *
 * @param totals what the ledger adds up to
 * @param tables the governed tables
 * @param verification what verifying the ledger found
 * @param erasures the erasure cases
 */
public record DemoSummary(
        Totals totals, List<TableState> tables, Verification verification, List<ErasureCase> erasures) {

    static DemoSummary of(Home home, List<ErasureCase> erasures) {
        return new DemoSummary(
                Totals.of(new HomeLedger(home).read()),
                new GovernedTables(home.lake().toString(), new Configuration()).tables(),
                new HomeLedger(home).verify(),
                erasures);
    }

    /** Whether the ledger verifies and every erasure is done. */
    public boolean isSound() {
        return verification.ok() && erasures.stream().allMatch(c -> c.state() == ErasureCase.State.DONE);
    }
}
