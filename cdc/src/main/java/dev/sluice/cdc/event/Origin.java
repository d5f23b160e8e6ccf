package dev.sluice.cdc.event;

import java.io.Serializable;

/**
 * Says where a record stands in the transport.
 *
 * @param topic Kafka topic
 * @param partition Kafka partition
 * @param offset Kafka offset
 * @param timestampMillis Kafka record timestamp, milliseconds since the epoch, UTC
 */
public record Origin(String topic, int partition, long offset, long timestampMillis) implements Serializable {

    /** {@code topic/partition/offset}, the form used in messages and provenance. */
    public String coordinates() {
        return topic + "/" + partition + "/" + offset;
    }
}
