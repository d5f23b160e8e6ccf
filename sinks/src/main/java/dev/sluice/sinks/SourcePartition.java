package dev.sluice.sinks;

import dev.sluice.cdc.event.Origin;
import java.io.Serializable;

/**
 * Names a partition of a topic. A topic that was deleted and made again has another id, so that its offsets are never
 * taken for those of the earlier topic.
 *
 * @param topic Kafka topic
 * @param topicId id that the broker gave the topic, as Kafka prints a {@code Uuid}: 22 characters
 * @param partition Kafka partition
 */
public record SourcePartition(String topic, String topicId, int partition) implements Serializable {

    /** The place of the record at that offset, at time 0. */
    public Origin at(long offset) {
        return new Origin(topic, topicId, partition, offset, 0);
    }

    /** {@code topic/partition}. */
    @Override
    public String toString() {
        return topic + "/" + partition;
    }
}
