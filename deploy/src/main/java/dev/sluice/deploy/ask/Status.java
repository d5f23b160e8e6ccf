package dev.sluice.deploy.ask;

import dev.sluice.cdc.capture.server.SlotSpace;
import dev.sluice.deploy.lifecycle.LifeCycle;
import dev.sluice.deploy.planner.Holds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what flows on a home, what stopped, and why.
 *
 * @param running whether a process holds the home
 * @param gateway the state of the gateway, null when none has run
 * @param failure the newest failure, null when there was none; the gateway may have been started since
 * @param ledger what the ledger says, null when there is none
 * @param datasets the datasets that are held or stale
 * @param slot the newest reading of the replication slot, null when there is none
 * @param erasuresOpen erasure cases that are not done
 * @param lettersOpen whether a dead letter waits for an operator; asked of a running gateway only
 */
public record Status(
        boolean running,
        @Nullable LifeCycle gateway,
        LifeCycle.@Nullable Failed failure,
        @Nullable LedgerTotals ledger,
        Datasets datasets,
        @Nullable SlotSpace slot,
        long erasuresOpen,
        boolean lettersOpen) {

    /**
     * The datasets that are held or stale.
     *
     * @param held the datasets that are held, by name
     * @param stale the tables of the source that have rows with values which no change told
     */
    public record Datasets(List<Holds.Hold> held, List<StaleTable> stale) {}

    /**
     * What the ledger says.
     *
     * @param totals sums over all batches
     * @param leaves leaves under the checkpoint
     * @param root Merkle root, 64 hex digits
     */
    public record LedgerTotals(Totals totals, long leaves, String root) {}

    /** The label of a {@link LifeCycle}, or {@code RUNNING}, {@code KILLED} or {@code NEW}, for people and scripts. */
    public String state() {
        if (gateway == null) {
            return running ? "RUNNING" : "NEW";
        }
        return running || hasEnded() ? gateway.label() : "KILLED";
    }

    /** Why the gateway is in this state. */
    public String reason() {
        if (gateway == null) {
            return running ? "A process holds the home." : "No gateway has run on this home.";
        }
        return running || hasEnded()
                ? gateway.reason()
                : "The process ended while " + gateway.label()
                        + " without closing: it was killed, or the machine stopped. The next start replays the batch at"
                        + " hand.";
    }

    /** The datasets that are held, by name. */
    public List<Holds.Hold> held() {
        return datasets.held();
    }

    /** Since when. */
    public Optional<Instant> since() {
        return Optional.ofNullable(gateway).map(LifeCycle::since);
    }

    /** The next command or act. */
    public String next() {
        if (!running) {
            return gateway instanceof LifeCycle.Failed failed
                    ? failed.next()
                    : erasuresOpen > 0
                            ? "sluice erasure status: cases wait for a gateway"
                            : "start the gateway: sluice demo, or sluice run -f pipeline.yaml";
        }
        if (gateway != null && !(gateway instanceof LifeCycle.Streaming)) {
            return gateway.next();
        }
        if (!held().isEmpty()) {
            return held().get(0).next();
        }
        return lettersOpen ? "sluice dlq list" : "sluice table list";
    }

    private boolean hasEnded() {
        return gateway instanceof LifeCycle.Stopped || gateway instanceof LifeCycle.Failed;
    }
}
