package dev.sluice.cdc.event;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says where a record stands in the transport. Two records are at one place only when the topic id is equal as well: a
 * topic that was deleted and made again counts its offsets from 0.
 *
 * @param topic Kafka topic
 * @param topicId id that the broker gave the topic, as Kafka prints a {@code Uuid}; empty when the id is not known
 * @param partition Kafka partition
 * @param offset Kafka offset
 * @param timestampMillis Kafka record timestamp, milliseconds since the epoch, UTC
 */
public record Origin(String topic, String topicId, int partition, long offset, long timestampMillis)
        implements Serializable {

    private static final Pattern IDENTITY = Pattern.compile("([^@]+)-(\\d+)-(\\d+)(?:@([A-Za-z0-9_-]+))?");

    /** A place in a topic whose id is not known. */
    public Origin(String topic, int partition, long offset, long timestampMillis) {
        this(topic, "", partition, offset, timestampMillis);
    }

    /** {@code topic/partition/offset}, the form used in messages and provenance. */
    public String coordinates() {
        return topic + "/" + partition + "/" + offset;
    }

    /**
     * {@code topic-partition-offset@topicId}, the name of the record among the records of all topics that ever had the
     * name of its topic; without {@code @topicId} when the id is not known. No topic has an {@code @} in its name.
     */
    public String identity() {
        String place = topic + "-" + partition + "-" + offset;
        return topicId.isEmpty() ? place : place + "@" + topicId;
    }

    /** The place with that {@link #identity}, at time 0; empty when the text is no identity. */
    public static Optional<Origin> ofIdentity(String text) {
        Matcher parts = IDENTITY.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String topicId = parts.group(4) == null ? "" : parts.group(4);
        return Optional.of(new Origin(
                parts.group(1), topicId, Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)), 0));
    }
}
