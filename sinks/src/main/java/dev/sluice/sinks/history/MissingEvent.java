package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Origin;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names an event of a key that is a dead letter. What the row looked like after the event is not known.
 *
 * @param topic Kafka topic
 * @param partition Kafka partition
 * @param offset Kafka offset
 */
public record MissingEvent(String topic, int partition, long offset) implements Serializable {

    private static final Pattern LETTER = Pattern.compile("(.+)-(\\d+)-(\\d+)");

    /** The event of the dead letter with that id, {@code topic-partition-offset}. */
    public static Optional<MissingEvent> ofLetter(String id) {
        Matcher parts = LETTER.matcher(id);
        return parts.matches()
                ? Optional.of(new MissingEvent(
                        parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    /** Whether that delivery is the one that became the dead letter. */
    boolean isAt(Origin origin) {
        return sameLine(origin) && origin.offset() == offset;
    }

    /** Whether that delivery came after the one that became the dead letter. */
    boolean isBefore(Origin origin) {
        return sameLine(origin) && origin.offset() > offset;
    }

    private boolean sameLine(Origin origin) {
        return origin.topic().equals(topic) && origin.partition() == partition;
    }
}
