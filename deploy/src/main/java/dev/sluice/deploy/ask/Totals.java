package dev.sluice.deploy.ask;

import dev.sluice.audit.event.BatchRecorded;
import dev.sluice.audit.event.LedgerEvent;
import dev.sluice.audit.event.PolicyActivated;
import dev.sluice.audit.ledger.LedgerView;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Receipt;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything that the ledger says of all batches together.
 *
 * @param counts where all records went
 * @param events changes that the source sent
 * @param transactions transactions whose end was seen
 * @param batches number of batches
 * @param planIds plans that came into force
 * @param last the newest batch, null when there is none
 * @param accounted the newest batch that ends between transactions of the source, null when there is none
 */
public record Totals(
        Counts counts,
        long events,
        long transactions,
        long batches,
        SortedSet<String> planIds,
        @Nullable LastBatch last,
        @Nullable LastBatch accounted) {

    /**
     * The newest batch.
     *
     * @param at when it was recorded
     * @param receipt what it did
     */
    public record LastBatch(Instant at, Receipt receipt) {}

    /** Adds up a ledger. */
    public static Totals of(LedgerView ledger) {
        Counts counts = Counts.NONE;
        long events = 0;
        long transactions = 0;
        long batches = 0;
        SortedSet<String> planIds = new TreeSet<>();
        LastBatch last = null;
        LastBatch accounted = null;
        for (long leaf = 0; leaf < ledger.size(); leaf++) {
            LedgerEvent event = ledger.leaf(leaf);
            if (event instanceof PolicyActivated plan) {
                planIds.add(plan.planId());
            } else if (event instanceof BatchRecorded batch) {
                Receipt receipt = batch.receipt();
                counts = counts.plus(receipt.counts());
                events += receipt.seen().events();
                transactions += receipt.seen().transactions();
                batches++;
                last = new LastBatch(batch.at(), receipt);
                accounted = receipt.seen().accounted() == null ? accounted : last;
            }
        }
        return new Totals(counts, events, transactions, batches, planIds, last, accounted);
    }

    /** Records of the batches that went nowhere that the ledger knows; anything but 0 is a fault. */
    public long unaccounted() {
        return counts.in()
                - counts.applied()
                - counts.duplicate()
                - counts.filtered()
                - counts.suppressed()
                - counts.deadLettered()
                - counts.parked();
    }
}
