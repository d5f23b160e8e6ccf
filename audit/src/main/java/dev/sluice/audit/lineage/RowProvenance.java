package dev.sluice.audit.lineage;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.sinks.BatchId;
import java.time.Instant;
import java.util.List;

/**
 * What a governed row says of its own origin.
 *
 * @param dataset source table
 * @param event the change that made this version of the row
 * @param record where the change stood in the transport
 * @param treated plan and batch that brought it
 * @param filled columns that the change did not send and that were taken over from the version before
 */
public record RowProvenance(
        DatasetId dataset, SourceEvent event, RawPlace record, Treated treated, List<String> filled) {

    public RowProvenance {
        filled = List.copyOf(filled);
    }

    String planId() {
        return treated.planId();
    }

    BatchId batch() {
        return treated.batch();
    }

    /**
     * What the gateway did.
     *
     * @param planId plan that treated the row
     * @param batch batch that brought the change
     */
    public record Treated(String planId, BatchId batch) {

        /**
         * With the batch as rows name it.
         *
         * @param batch {@code generation/number}
         * @throws IllegalArgumentException when it is not that
         */
        public static Treated of(String planId, String batch) {
            int slash = batch.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("not a batch: " + batch);
            }
            return new Treated(
                    planId, new BatchId(batch.substring(0, slash), Long.parseLong(batch.substring(slash + 1))));
        }
    }

    /**
     * A change at the source.
     *
     * @param id event id
     * @param position log position as the source writes it, for example {@code 0/1A2B3C40}
     * @param transaction transaction id, empty for a snapshot
     * @param committed commit time, UTC
     * @param op {@code snapshot}, {@code insert}, {@code update} or {@code delete}
     */
    public record SourceEvent(String id, String position, String transaction, Instant committed, String op) {}

    /**
     * A record of the raw topics.
     *
     * @param topic Kafka topic
     * @param partition Kafka partition
     * @param offset Kafka offset
     * @param schemaId id of its writer schema in the registry
     */
    public record RawPlace(String topic, int partition, long offset, int schemaId) {

        String coordinates() {
            return topic + "/" + partition + "/" + offset;
        }
    }
}
