package dev.sluice.audit.ledger;

import dev.sluice.audit.LedgerErrors;
import dev.sluice.audit.event.BatchContinued;
import dev.sluice.audit.event.BatchRecorded;
import dev.sluice.audit.event.EventCodec;
import dev.sluice.audit.event.LedgerEvent;
import dev.sluice.audit.event.PolicyActivated;
import dev.sluice.audit.tile.InclusionProof;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers questions from the leaves of a ledger. A method that returns a leaf reads the leaf from disk. Safe for use by
 * many threads. Every failure is a {@link dev.sluice.audit.LedgerException}.
 */
public interface LedgerView {

    /** Returns the number of leaves under the last signed checkpoint. */
    long size();

    /** Returns the Merkle root of the last signed checkpoint as 64 hex digits. */
    String rootHex();

    /** Returns the bytes of a leaf. Throws AUD-012 when the ledger has no such leaf. */
    byte[] entry(long leaf);

    /** Returns the leaf that records a batch; empty when the ledger does not hold the batch. */
    Optional<Long> leafOf(BatchId batch);

    /** Returns the leaves of all activations of a plan, oldest first. */
    List<Long> leavesOf(String planId);

    /** Returns a proof for a third party that a leaf is in the ledger. */
    InclusionProof proof(long leaf);

    /** Returns the event of a leaf. */
    default LedgerEvent leaf(long leaf) {
        return EventCodec.read(leaf, entry(leaf));
    }

    /** Returns the receipt of a batch, joined from all its leaves; empty when the ledger does not hold the batch. */
    default Optional<Receipt> receipt(BatchId batch) {
        return leafOf(batch).map(this::receiptAt);
    }

    /** Returns the receipt that a batch leaf records, joined with the parts of the batch in the leaves before it. */
    default Receipt receiptAt(long leaf) {
        if (!(leaf(leaf) instanceof BatchRecorded batch)) {
            throw LedgerErrors.unreadable("leaf " + leaf, "the leaf does not record a batch");
        }
        List<BatchContinued> parts = new ArrayList<>();
        for (long at = leaf - batch.parts(); at < leaf; at++) {
            if (!(leaf(at) instanceof BatchContinued part)
                    || !part.batch().equals(batch.receipt().batch())) {
                throw LedgerErrors.unreadable("leaf " + leaf, "leaf " + at + " should be a part of the batch");
            }
            parts.add(part);
        }
        return batch.joined(parts);
    }

    /** Returns the parts of the newest activation of a plan, in order; empty when the plan was never activated. */
    default List<PolicyActivated> plan(String planId) {
        List<PolicyActivated> parts = new ArrayList<>();
        for (long leaf : leavesOf(planId)) {
            if (leaf(leaf) instanceof PolicyActivated part) {
                if (part.part().number() == 1) {
                    parts.clear();
                }
                parts.add(part);
            }
        }
        return List.copyOf(parts);
    }
}
