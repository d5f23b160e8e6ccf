package dev.sluice.deploy.planner;

import dev.sluice.audit.event.ActionRecorded;
import dev.sluice.audit.event.BatchAbandoned;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.cdc.KnownFailure;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans batches that replay dead letters. A replay is a plan like any other: it has a number of the ledger, is durable
 * before anything is written, and is finished first after a kill. For one thread.
 */
public final class Replays {

    private final Ledger ledger;
    private final OpenPlan open;
    private final String generation;

    /** Replays on the home with that control database and ledger. */
    public Replays(ControlDatabase control, Ledger ledger) {
        this.ledger = ledger;
        this.open = new OpenPlan(new GatewayState(control));
        this.generation = Planner.generation(control);
    }

    /**
     * Plans a batch that replays these letters. The plan is durable on return.
     *
     * @return empty when a batch was begun that the ledger does not record; that batch must be finished first
     */
    public Optional<BatchPlan> plan(Collection<String> letters) {
        Optional<BatchPlan> plan = draft(letters);
        plan.ifPresent(replay -> open.write(replay, open.lastCut()));
        return plan;
    }

    /**
     * The plan that {@link #plan} would make; nothing is written.
     *
     * @return empty when a batch was begun that the ledger does not record
     */
    public Optional<BatchPlan> draft(Collection<String> letters) {
        long number = ledger.nextNumber(generation);
        if (open.unrecorded(number).isPresent()) {
            return Optional.empty();
        }
        // Letters have no offsets of their own, so the ledger numbers the letters that were ever replayed.
        SourcePartition source = new SourcePartition(Lake.DEAD_LETTERS, generation, 0);
        long from = ledger.positions().getOrDefault(source, 0L);
        SourceRange range = new SourceRange(source, from, from + letters.size());
        return Optional.of(new BatchPlan(new BatchId(generation, number), List.of(range), List.copyOf(letters)));
    }

    /** The replay that was planned and that the ledger does not record. */
    public Optional<BatchPlan> unfinished() {
        return open.unrecorded(ledger.nextNumber(generation)).filter(BatchPlan::isReplay);
    }

    /**
     * Gives up a replay that fails for a dataset, so that the replay keeps no other record from flowing. The letters
     * stay open.
     *
     * @return false when the failure is not about one dataset; then nothing has changed
     */
    public boolean giveUp(BatchPlan plan, KnownFailure failure) {
        Optional<String> dataset = failure.dataset();
        dataset.ifPresent(name -> {
            Map<String, String> why = Map.of("batch", plan.id().text(), "dataset", name, "code", failure.code());
            ledger.append(new ActionRecorded(Instant.now(), "dlq.replay-failed", why));
            ledger.append(new BatchAbandoned(Instant.now(), plan.id(), plan.digest(), "replay-failed"));
        });
        return dataset.isPresent();
    }
}
