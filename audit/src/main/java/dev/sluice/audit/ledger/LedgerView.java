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
 * Answers from a ledger. Every method reads the leaf itself from disk. Safe for use by many threads. Errors are {@link
 * dev.sluice.audit.LedgerException}s.
 */
public interface LedgerView {

    /** Leaves under the last signed checkpoint. */
    long size();

    /** Merkle root under the last signed checkpoint, 64 hex digits. */
    String rootHex();

    /** Bytes of a leaf. AUD-012 when there is none. */
    byte[] entry(long leaf);

    /** The leaf that records the batch; empty when the batch is not recorded. */
    Optional<Long> leafOf(BatchId batch);

    /** The leaves that record the plan, oldest first, all activations. */
    List<Long> leavesOf(String planId);

    /** Shows that a leaf is in the ledger, to a third party. */
    InclusionProof proof(long leaf);

    /** The event of a leaf. */
    default LedgerEvent leaf(long leaf) {
        return EventCodec.read(leaf, entry(leaf));
    }

    /** What was recorded of the batch, from all its leaves. */
    default Optional<Receipt> receipt(BatchId batch) {
        return leafOf(batch).map(this::receiptAt);
    }

    /** What a batch leaf records, together with the leaves before it that belong to it. */
    default Receipt receiptAt(long leaf) {
        if (!(leaf(leaf) instanceof BatchRecorded batch)) {
            throw LedgerErrors.unreadable("leaf " + leaf, "it does not record a batch");
        }
        List<BatchContinued> parts = new ArrayList<>();
        for (long at = leaf - batch.parts(); at < leaf; at++) {
            if (!(leaf(at) instanceof BatchContinued part)
                    || !part.batch().equals(batch.receipt().batch())) {
                throw LedgerErrors.unreadable("leaf " + leaf, "leaf " + at + " should be a part of it");
            }
            parts.add(part);
        }
        return batch.joined(parts);
    }

    /** The parts of the newest activation of a plan, in order; empty when the plan was never activated. */
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
