package dev.sluice.sinks.query;

import java.time.Instant;

/**
 * Shows a dead letter.
 *
 * @param id coordinates, {@code topic-partition-offset}
 * @param since when it was written
 * @param dataset topic
 * @param reason why it could not go on
 * @param sealed the record, encrypted
 * @param keyId key that it is sealed under
 * @param batch batch that brought it
 */
public record DeadLetterView(
        String id, Instant since, String dataset, DeadLetterReason reason, byte[] sealed, String keyId, String batch) {

    /**
     * Why a record could not go on.
     *
     * @param stage stage that rejected it
     * @param code stable code
     * @param detail what is wrong, without a data value
     */
    public record DeadLetterReason(String stage, String code, String detail) {}

    @Override
    public String toString() {
        return "DeadLetterView[" + id + "," + reason.code() + "]";
    }
}
