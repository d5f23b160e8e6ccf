package dev.sluice.audit.ledger;

import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourceRange;
import java.util.List;

/**
 * Proves that the ledger holds a batch durably and under a signed checkpoint, so that its source ranges may be
 * acknowledged. Only {@link Ledger} creates this proof. Immutable.
 */
public final class Audited {
    private final long leaf;
    private final Receipt receipt;

    Audited(long leaf, Receipt receipt) {
        this.leaf = leaf;
        this.receipt = receipt;
    }

    /** Returns the index of the leaf that records the batch. */
    public long leaf() {
        return leaf;
    }

    /** Returns the batch that is recorded. */
    public BatchId batch() {
        return receipt.batch();
    }

    /** Returns the source ranges that may be acknowledged. */
    public List<SourceRange> ranges() {
        return receipt.ranges();
    }

    /** Returns the receipt that is recorded. */
    public Receipt receipt() {
        return receipt;
    }

    @Override
    public String toString() {
        return "Audited[" + batch() + " in leaf " + leaf + "]";
    }
}
