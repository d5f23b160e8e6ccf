package dev.sluice.audit.event;

import dev.sluice.sinks.BatchId;
import java.time.Instant;
import java.util.Map;

/**
 * Records that a planned batch will never be executed, because the records that its plan names no longer exist. Tables
 * may hold commits of the batch from a run that was killed. The number of the batch is used up.
 *
 * @param at time of recording
 * @param batch the batch
 * @param plan digest of the plan, as the commits of the batch name it
 * @param reason why, as a short name, for example {@code topic-gone}
 */
public record BatchAbandoned(Instant at, BatchId batch, String plan, String reason) implements LedgerEvent {
    static final String TYPE = "batch-abandoned";

    public BatchAbandoned {
        at = LedgerEvent.time(at);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> body() {
        return Map.of("batch", ReceiptBody.batch(batch), "plan", plan, "reason", reason);
    }

    static BatchAbandoned read(Instant at, Fields fields) {
        return new BatchAbandoned(at, ReceiptBody.readBatch(fields), fields.text("plan"), fields.text("reason"));
    }
}
