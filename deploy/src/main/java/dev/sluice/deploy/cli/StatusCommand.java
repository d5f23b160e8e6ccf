package dev.sluice.deploy.cli;

import dev.sluice.audit.ledger.LedgerReader;
import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.embedded.HomeLock;
import dev.sluice.deploy.gateway.Custody;
import dev.sluice.deploy.gateway.ErasureDesk;
import dev.sluice.deploy.gateway.Ledgers;
import dev.sluice.deploy.gateway.Totals;
import dev.sluice.deploy.report.Sheet;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.sinks.Counts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice status}. */
@Command(name = "status", description = "Say what has flowed, whether a gateway runs, and what to look at next.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private HomeOption home;

    @Mixin
    private Answer answer;

    @Override
    public Integer call() {
        Home opened = home.existing();
        boolean running = HomeLock.isTaken(opened);
        Sheet sheet = Sheet.empty().with("gateway", running ? "running" : "stopped");
        long deadLetters = 0;
        if (Ledgers.isThere(opened)) {
            LedgerReader ledger = Ledgers.read(opened);
            Totals totals = Totals.of(ledger);
            sheet = with(sheet, totals).with("ledger_leaves", ledger.size()).with("ledger_root", ledger.rootHex());
            deadLetters = totals.counts().deadLettered();
        }
        long open;
        try (Custody custody = Custody.open(opened)) {
            open = ErasureDesk.cases(custody).all().stream()
                    .filter(c -> c.state() != ErasureCase.State.DONE)
                    .count();
        }
        answer.print(sheet.with("erasures_open", open).with("next", next(running, deadLetters, open)));
        return ExitCode.OK;
    }

    private static Sheet with(Sheet sheet, Totals totals) {
        Counts counts = totals.counts();
        Sheet more = sheet.with("batches", totals.batches())
                .with("in", counts.in())
                .with("applied", counts.applied())
                .with("duplicate", counts.duplicate())
                .with("filtered", counts.filtered())
                .with("suppressed", counts.suppressed())
                .with("dead_lettered", counts.deadLettered())
                .with("parked", counts.parked());
        Totals.Last last = totals.last();
        return last == null
                ? more
                : more.with("last_batch", last.receipt().batch().text())
                        .with("last_batch_at", last.at().toString())
                        .with("last_position", last.receipt().seen().lastPosition());
    }

    private static String next(boolean running, long deadLetters, long erasures) {
        if (!running) {
            return erasures > 0
                    ? "sluice erasure status: cases wait for a gateway"
                    : "start the gateway: sluice demo, or sluice run -f pipeline.yaml";
        }
        return deadLetters > 0 ? "sluice dlq list" : "sluice table list";
    }
}
