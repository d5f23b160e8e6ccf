package dev.sluice.deploy.gateway;

import dev.sluice.audit.event.LedgerEvent;
import dev.sluice.audit.ledger.Audited;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.TableCommit;
import java.util.Optional;

/** Writes the ledger. A batch whose rows carry a plan that the ledger does not explain is not recorded. */
final class Recorder {

    private final Ledger ledger;

    Recorder(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The proof for a batch that is recorded already. */
    Optional<Audited> find(BatchId batch) {
        return ledger.find(batch);
    }

    /** Records a batch; recording it again answers the same leaf. */
    Audited record(Receipt receipt) {
        for (TableCommit table : receipt.tables()) {
            for (String planId : table.planIds()) {
                if (ledger.leavesOf(planId).isEmpty()) {
                    throw GatewayErrors.planUnknown(planId);
                }
            }
        }
        return ledger.record(receipt);
    }

    /** Records another event and answers its leaf. */
    long record(LedgerEvent event) {
        return ledger.append(event);
    }
}
