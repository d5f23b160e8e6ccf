package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Origin;
import java.io.Serializable;
import java.util.Optional;

/**
 * Names an event of a key that is a dead letter. What the row looked like after the event is not known. A dead letter
 * of a topic that was deleted says nothing about the topic that was made again under the name: the snapshot of the new
 * topic holds every row whole.
 *
 * @param origin where the record of the event stands
 */
public record MissingEvent(Origin origin) implements Serializable {

    /** The event of the dead letter with that id. */
    public static Optional<MissingEvent> ofLetter(String id) {
        return Origin.ofIdentity(id).map(MissingEvent::new);
    }

    /** Whether that delivery is the one that became the dead letter. */
    boolean isAt(Origin delivery) {
        return sameLine(delivery) && delivery.offset() == origin.offset();
    }

    /** Whether that delivery came after the one that became the dead letter. */
    boolean isBefore(Origin delivery) {
        return sameLine(delivery) && delivery.offset() > origin.offset();
    }

    private boolean sameLine(Origin delivery) {
        return delivery.topic().equals(origin.topic())
                && delivery.topicId().equals(origin.topicId())
                && delivery.partition() == origin.partition();
    }
}
