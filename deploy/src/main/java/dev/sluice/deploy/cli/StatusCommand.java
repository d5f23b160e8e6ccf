package dev.sluice.deploy.cli;

import dev.sluice.cdc.capture.server.SlotSpace;
import dev.sluice.deploy.ask.StaleTable;
import dev.sluice.deploy.ask.Status;
import dev.sluice.deploy.ask.Totals;
import dev.sluice.deploy.cli.option.HomeOption;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.cli.output.Sheet;
import dev.sluice.deploy.lifecycle.LifeCycle;
import dev.sluice.deploy.planner.Holds;
import dev.sluice.sinks.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice status}. */
@Command(
        name = "status",
        description = "Say what stopped and why, what has flowed, and what to look at next.",
        footer = {"", "Examples:", "  sluice status", "  sluice status --home /var/lib/sluice -o json"})
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private HomeOption home;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Status status = home.answers().status();
        Sheet sheet = Sheet.empty()
                .with("gateway", status.running() ? "running" : "stopped")
                .with("state", status.state())
                .with("since", status.since().map(Instant::toString).orElse(null))
                .with("reason", status.reason())
                .with("next", status.next());
        LifeCycle.Failed failure = status.failure();
        if (failure != null) {
            sheet = sheet.with("last_failure_at", failure.since().toString())
                    .with("last_failure_step", failure.step())
                    .with("last_failure_code", failure.code())
                    .with("last_failure", failure.reason());
        }
        Status.LedgerTotals ledger = status.ledger();
        if (ledger != null) {
            sheet = with(sheet, ledger.totals())
                    .with("ledger_leaves", ledger.leaves())
                    .with("ledger_root", ledger.root());
        }
        SlotSpace slot = status.slot();
        if (slot != null) {
            sheet = with(sheet, slot);
        }
        List<Map<String, @Nullable Object>> held =
                status.held().stream().map(StatusCommand::values).toList();
        List<Map<String, @Nullable Object>> stale =
                status.datasets().stale().stream().map(StatusCommand::values).toList();
        output.print(sheet.with("held", held).with("stale", stale).with("erasures_open", status.erasuresOpen()));
        return ExitCode.OK;
    }

    private static Map<String, @Nullable Object> values(Holds.Hold hold) {
        return Sheet.empty()
                .with("dataset", hold.dataset())
                .with("since", hold.since().toString())
                .with("code", hold.code())
                .with("reason", hold.reason())
                .with("next", hold.next())
                .with("accounted_to", hold.accounted())
                .values();
    }

    private static Map<String, @Nullable Object> values(StaleTable stale) {
        return Sheet.empty()
                .with("table", stale.table())
                .with("code", stale.code())
                .with("reason", stale.reason())
                .with("next", stale.next())
                .values();
    }

    private static Sheet with(Sheet sheet, SlotSpace slot) {
        return sheet.with("slot", slot.slot())
                .with("slot_read_at", slot.at().toString())
                .with("slot_wal_status", slot.status())
                .with("slot_retained_bytes", slot.retained())
                .with("slot_limit_bytes", slot.limit())
                .with("slot_warning", slot.warning().orElse(null));
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
                .with("parked", counts.parked())
                .with("unaccounted", totals.unaccounted());
        Totals.LastBatch accounted = totals.accounted();
        if (accounted != null) {
            more = more.with("accounted_to", accounted.receipt().seen().accounted())
                    .with("accounted_at", accounted.at().toString());
        }
        Totals.LastBatch last = totals.last();
        return last == null
                ? more
                : more.with("last_batch", last.receipt().batch().text())
                        .with("last_batch_at", last.at().toString())
                        .with("last_position", last.receipt().seen().lastPosition());
    }
}
