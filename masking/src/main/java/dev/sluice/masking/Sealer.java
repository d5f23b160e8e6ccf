package dev.sluice.masking;

import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.masking.key.KeyFile;
import dev.sluice.masking.seal.DeadLetterSeal;
import dev.sluice.masking.seal.Payload;
import org.jspecify.annotations.Nullable;

/** Makes dead letters. Safe for use by many threads. */
final class Sealer {

    private final DeadLetterSeal seal;

    Sealer(KeyFile keys) {
        this.seal = new DeadLetterSeal(keys);
    }

    /** The dead letter of a record that an earlier stage rejected. */
    SealedRejection rejected(Outcome.Rejected<?> rejected, @Nullable String key) {
        Origin origin = rejected.record().origin();
        SealedRejection.RejectionReason reason =
                new SealedRejection.RejectionReason(rejected.stage(), rejected.code(), rejected.detail());
        return new SealedRejection(
                origin,
                reason,
                payload(origin, Payload.of(rejected.record())),
                new SealedRejection.RejectedRow(null, key));
    }

    /** The dead letter of a record whose event cannot be protected; can be replayed. */
    SealedRejection unprotectable(RawRecord record, Unprotectable problem, SealedRejection.RejectedRow row) {
        return unprotectable(record.origin(), Payload.of(record), problem, row);
    }

    /** The dead letter of an event that cannot be protected and of which not all may be kept. */
    SealedRejection unprotectable(ChangeEvent event, Unprotectable problem, SealedRejection.RejectedRow row) {
        return unprotectable(event.origin(), Payload.of(event), problem, row);
    }

    private SealedRejection unprotectable(
            Origin origin, byte[] clear, Unprotectable problem, SealedRejection.RejectedRow row) {
        SealedRejection.RejectionReason reason =
                new SealedRejection.RejectionReason(Outcome.Stage.PROTECT, problem.code(), problem.detail());
        return new SealedRejection(origin, reason, payload(origin, clear), row);
    }

    /** Why an event cannot be protected; never with a data value. */
    record Unprotectable(String code, String detail) {}

    private SealedRejection.SealedPayload payload(Origin origin, byte[] clear) {
        return new SealedRejection.SealedPayload(seal.seal(origin, clear), seal.keyId());
    }
}
