package dev.sluice.audit.ledger;

import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourceRange;
import java.util.List;

/**
 * Proof that a batch is in the ledger, durably and under a signed checkpoint: its source ranges may be acknowledged.
 * Only {@link Ledger} makes it. Immutable.
 */
public final class Audited {
    private final long leaf;
    private final Receipt receipt;

    Audited(long leaf, Receipt receipt) {
        this.leaf = leaf;
        this.receipt = receipt;
    }

    /** Index of the leaf. */
    public long leaf() {
        return leaf;
    }

    public BatchId batch() {
        return receipt.batch();
    }

    /** What may be acknowledged. */
    public List<SourceRange> ranges() {
        return receipt.ranges();
    }

    /** What was recorded. */
    public Receipt receipt() {
        return receipt;
    }

    @Override
    public String toString() {
        return "Audited[" + batch() + " in leaf " + leaf + "]";
    }
}
