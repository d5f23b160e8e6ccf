package dev.sluice.deploy.demo;

import dev.sluice.audit.verify.Verification;
import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.gateway.Ledgers;
import dev.sluice.deploy.gateway.Totals;
import dev.sluice.deploy.report.Sheet;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.query.GovernedTables;
import dev.sluice.sinks.query.TableState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * What came of the story, read back from ledger, tables and control state.
 *
 * @param totals what the ledger adds up to
 * @param tables the governed tables
 * @param verification what verifying the ledger found
 * @param erasures the erasure cases
 */
record DemoSummary(Totals totals, List<TableState> tables, Verification verification, List<ErasureCase> erasures) {

    static DemoSummary of(Home home, List<ErasureCase> erasures) {
        return new DemoSummary(
                Totals.of(Ledgers.read(home)),
                new GovernedTables(home.lake().toString(), new Configuration()).tables(),
                Ledgers.verify(home),
                erasures);
    }

    boolean isSound() {
        return verification.ok() && erasures.stream().allMatch(c -> c.state() == ErasureCase.State.DONE);
    }

    Sheet sheet(Map<String, Double> seconds) {
        Counts counts = totals.counts();
        Map<String, Object> accounting = new LinkedHashMap<>();
        accounting.put("in", counts.in());
        accounting.put("applied", counts.applied());
        accounting.put("duplicate", counts.duplicate());
        accounting.put("filtered", counts.filtered());
        accounting.put("suppressed", counts.suppressed());
        accounting.put("dead_lettered", counts.deadLettered());
        accounting.put("parked", counts.parked());
        return Sheet.empty()
                .with("schemaVersion", 1)
                .with("source", Map.of("events", totals.events(), "transactions", totals.transactions()))
                .with("tables", tables.stream().map(DemoSummary::table).toList())
                .with("dead_letters", counts.deadLettered())
                .with("accounting", accounting)
                .with("policy", Map.of("plan_ids", List.copyOf(totals.planIds())))
                .with(
                        "ledger",
                        Map.of(
                                "size", verification.size(),
                                "root", verification.root(),
                                "verified", verification.ok()))
                .with("erasures", erasures.stream().map(DemoSummary::erasure).toList())
                .with("seconds", seconds);
    }

    private static Map<String, Object> table(TableState table) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", table.name().substring(table.name().lastIndexOf('.') + 1));
        shown.put("path", table.location());
        shown.put("delta_version", table.version());
        shown.put("rows", table.rows());
        shown.put("current_rows", table.currentRows());
        return shown;
    }

    private static Map<String, Object> erasure(ErasureCase c) {
        return Map.of("case", c.caseId(), "state", c.state().name());
    }
}
