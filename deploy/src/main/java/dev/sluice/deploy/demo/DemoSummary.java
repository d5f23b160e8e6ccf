package dev.sluice.deploy.demo;

import dev.sluice.audit.verify.Verification;
import dev.sluice.deploy.ask.Totals;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.query.GovernedTables;
import dev.sluice.sinks.query.TableState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

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

    /** The values of the JSON object that the command line promises. */
    public Map<String, @Nullable Object> values(Map<String, Double> seconds) {
        Counts counts = totals.counts();
        Map<String, Object> accounting = new LinkedHashMap<>();
        accounting.put("in", counts.in());
        accounting.put("applied", counts.applied());
        accounting.put("duplicate", counts.duplicate());
        accounting.put("filtered", counts.filtered());
        accounting.put("suppressed", counts.suppressed());
        accounting.put("dead_lettered", counts.deadLettered());
        accounting.put("parked", counts.parked());
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("schemaVersion", 1);
        values.put("source", Map.of("events", totals.events(), "transactions", totals.transactions()));
        values.put("tables", tables.stream().map(DemoSummary::table).toList());
        values.put("dead_letters", counts.deadLettered());
        values.put("accounting", accounting);
        values.put("policy", Map.of("plan_ids", List.copyOf(totals.planIds())));
        values.put(
                "ledger",
                Map.of("size", verification.size(), "root", verification.root(), "verified", verification.ok()));
        values.put("erasures", erasures.stream().map(DemoSummary::erasure).toList());
        values.put("seconds", seconds);
        return values;
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
