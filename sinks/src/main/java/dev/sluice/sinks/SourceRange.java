package dev.sluice.sinks;

import java.io.Serializable;

/**
 * Names a range of records of one partition.
 *
 * @param topic Kafka topic
 * @param partition Kafka partition
 * @param from first offset read
 * @param until offset after the last one read
 */
public record SourceRange(String topic, int partition, long from, long until) implements Serializable {

    /** Whether the other range is of the same partition and lies within this one. */
    public boolean covers(SourceRange other) {
        return topic.equals(other.topic) && partition == other.partition && from <= other.from && other.until <= until;
    }
}
