package dev.sluice.audit.lineage;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.sinks.BatchId;
import java.time.Instant;
import java.util.List;

/**
 * Holds what a governed row says of its own origin. Nothing in it is proven; {@link Lineage} compares it with the
 * ledger. Immutable.
 *
 * @param dataset source table
 * @param event the change that made this version of the row
 * @param record place of the change in the raw topics
 * @param treated plan and batch that wrote the row
 * @param filled columns that the change did not carry and that keep the value of the earlier version
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
     * Names what the gateway did with the row.
     *
     * @param planId plan that treated the row
     * @param batch batch that wrote the row
     */
    public record Treated(String planId, BatchId batch) {

        /**
         * Reads the batch in the form that rows hold it.
         *
         * @param batch {@code generation/number}
         * @throws IllegalArgumentException when the text does not have that form
         */
        public static Treated of(String planId, String batch) {
            int slash = batch.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("A batch has the form generation/number.");
            }
            return new Treated(
                    planId, new BatchId(batch.substring(0, slash), Long.parseLong(batch.substring(slash + 1))));
        }
    }

    /**
     * Names a change at the source.
     *
     * @param id id of the change event
     * @param position log position as the source writes it, for example {@code 0/1A2B3C40}
     * @param transaction transaction id, empty for a snapshot
     * @param committed commit time, UTC
     * @param op {@code snapshot}, {@code insert}, {@code update} or {@code delete}
     */
    public record SourceEvent(String id, String position, String transaction, Instant committed, String op) {}

    /**
     * Names a record of the raw topics.
     *
     * @param topic Kafka topic
     * @param partition Kafka partition
     * @param offset Kafka offset
     * @param schemaId id of the writer schema in the registry
     */
    public record RawPlace(String topic, int partition, long offset, int schemaId) {

        String coordinates() {
            return topic + "/" + partition + "/" + offset;
        }
    }
}
