package dev.sluice.sinks.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Shows a dead letter without its sealed record, which may be large.
 *
 * @param id identity of the record, {@code topic-partition-offset@topicId}
 * @param since when the dead letter was written
 * @param dataset topic of the record
 * @param reason why the record could not pass the line
 * @param bytes size of the sealed record
 * @param keyId identity of the key that the record is sealed under
 * @param batch batch that rejected the record last
 * @param key canonical text of the treated key of the row, null when the key could not be read or treated
 */
public record DeadLetterView(
        String id,
        Instant since,
        String dataset,
        DeadLetterReason reason,
        long bytes,
        String keyId,
        String batch,
        @Nullable String key) {

    /**
     * Holds the sealed record of a dead letter.
     *
     * @param id identity of the record
     * @param since when the dead letter was written
     * @param payload the sealed record
     * @param batch batch that rejected the record last
     */
    public record SealedRecord(String id, Instant since, byte[] payload, String batch) {
        @Override
        public String toString() {
            return "SealedRecord[" + id + "]";
        }
    }

    /**
     * Says why a record could not pass the line.
     *
     * @param stage stage that rejected the record
     * @param code stable code
     * @param detail what is wrong, without a data value
     */
    public record DeadLetterReason(String stage, String code, String detail) {}

    @Override
    public String toString() {
        return "DeadLetterView[" + id + "," + reason.code() + "]";
    }
}
