package dev.sluice.masking;

import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.Outcome;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a dead letter: the reason why a record cannot pass the line, and the record sealed under the dead-letter key.
 * Only {@link Protector} makes a dead letter. Besides {@link #sealedPayload()}, only the pseudonym of {@link
 * #subject()} and the treated {@link #key()} are made from data values. The same record at the same coordinates gives
 * the same payload again.
 */
public final class SealedRejection implements Guarded {

    private static final long serialVersionUID = 1L;

    private final Origin origin;
    private final RejectionReason reason;
    private final SealedPayload payload;
    private final RejectedRow row;

    SealedRejection(Origin origin, RejectionReason reason, SealedPayload payload, RejectedRow row) {
        this.origin = origin;
        this.reason = reason;
        this.payload = payload;
        this.row = row;
    }

    /**
     * Which row the record is about.
     *
     * @param subject pseudonym of the person, null when none is known
     * @param key canonical text of the treated key, null when the key cannot be read or treated
     */
    record RejectedRow(@Nullable String subject, @Nullable String key) implements Serializable {
        @Override
        public String toString() {
            return "RejectedRow";
        }
    }

    /** Which stage rejected the record, and why. */
    record RejectionReason(Outcome.Stage stage, String code, String detail) implements Serializable {}

    /** The sealed bytes and the identity of their key. */
    record SealedPayload(byte[] sealed, String keyId) implements Serializable {
        @Override
        public String toString() {
            return "SealedPayload[" + keyId + "]";
        }
    }

    @Override
    public Origin origin() {
        return origin;
    }

    /** The stage that rejected the record. */
    public Outcome.Stage stage() {
        return reason.stage();
    }

    /** Stable code, for example {@code BAD_MAGIC}. */
    public String code() {
        return reason.code();
    }

    /** What is wrong, with column and position but never a data value. */
    public String detail() {
        return reason.detail();
    }

    /** The record (key, value, headers), encrypted; opened only by {@code DeadLetterSeal}. A fresh copy per call. */
    public byte[] sealedPayload() {
        return payload.sealed().clone();
    }

    /** Identity of the key that the payload is sealed under, for example {@code deadletter-1}. */
    public String keyId() {
        return payload.keyId();
    }

    /**
     * Pseudonym of the person that the record is about; empty when the record was rejected before its person was known,
     * or names no person.
     */
    public Optional<String> subject() {
        return Optional.ofNullable(row.subject());
    }

    /**
     * Canonical text of the treated key of the row, as a {@link ProtectedChange} of the row has it; empty when the key
     * cannot be read or treated.
     */
    public Optional<String> key() {
        return Optional.ofNullable(row.key());
    }

    @Override
    public String toString() {
        return "SealedRejection[" + origin.coordinates() + "," + reason.stage() + "," + reason.code() + "]";
    }
}
