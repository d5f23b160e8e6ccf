package dev.sluice.deploy.cli;

import dev.sluice.audit.verify.Verification;
import dev.sluice.deploy.cli.output.Sheet;
import dev.sluice.deploy.demo.DemoSummary;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.query.TableState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the object that {@code sluice demo --scripted} prints. */
final class DemoAnswer {

    private final DemoSummary summary;

    DemoAnswer(DemoSummary summary) {
        this.summary = summary;
    }

    /** Returns the object with the seconds that each step took. */
    Sheet sheet(Map<String, Double> seconds) {
        Counts counts = summary.totals().counts();
        Verification ledger = summary.verification();
        return Sheet.empty()
                .with("schemaVersion", 1)
                .with(
                        "source",
                        Map.of(
                                "events",
                                summary.totals().events(),
                                "transactions",
                                summary.totals().transactions()))
                .with("tables", summary.tables().stream().map(DemoAnswer::table).toList())
                .with("dead_letters", counts.deadLettered())
                .with("accounting", accounting(counts))
                .with("policy", Map.of("plan_ids", List.copyOf(summary.totals().planIds())))
                .with("ledger", Map.of("size", ledger.size(), "root", ledger.root(), "verified", ledger.ok()))
                .with(
                        "erasures",
                        summary.erasures().stream().map(DemoAnswer::erasure).toList())
                .with("seconds", seconds);
    }

    private static Map<String, Object> accounting(Counts counts) {
        Map<String, Object> accounting = new LinkedHashMap<>();
        accounting.put("in", counts.in());
        accounting.put("applied", counts.applied());
        accounting.put("duplicate", counts.duplicate());
        accounting.put("filtered", counts.filtered());
        accounting.put("suppressed", counts.suppressed());
        accounting.put("dead_lettered", counts.deadLettered());
        accounting.put("parked", counts.parked());
        return accounting;
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
