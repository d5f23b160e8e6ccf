package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.SourcePosition;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds one event of a row key.
 *
 * @param seq place in the source's order, as {@link SourcePosition#seq()} writes it
 * @param committedAt commit time in the source, microseconds since the epoch, UTC
 * @param op kind of change
 * @param image treated values after the change; null exactly when the change removes the row
 * @param subject pseudonym of the person that the image speaks of, null when none
 * @param provenance where the event comes from
 */
public record Event(
        String seq,
        long committedAt,
        Change.Op op,
        @Nullable Image image,
        @Nullable String subject,
        Provenance provenance)
        implements Serializable {

    public Event {
        if (removes(op) != (image == null)) {
            throw new IllegalArgumentException(
                    "The event " + op + " at " + seq + " comes " + (image == null ? "without" : "with") + " an image.");
        }
    }

    /** Whether the row is gone after this event. */
    public boolean removes() {
        return removes(op);
    }

    /** Which event of its key this is; equal for every delivery of the event. */
    public String identity() {
        return SourcePosition.identity(seq);
    }

    /**
     * Whether this and another event of the same position contradict each other. Different images are no contradiction
     * when different plans treated the events, or when they are snapshot reads: a snapshot that was begun again may
     * read another state.
     */
    public boolean contradicts(Event other) {
        if (op == Change.Op.READ && other.op == Change.Op.READ) {
            return false;
        }
        boolean samePlan = provenance.planId().equals(other.provenance.planId());
        return op != other.op || (samePlan && !Objects.equals(image, other.image));
    }

    /** Returns this event. A delete that names no person gets the person of the event before the delete. */
    Event about(@Nullable String person) {
        return op == Change.Op.DELETE && subject == null && person != null
                ? new Event(seq, committedAt, op, image, person, provenance)
                : this;
    }

    private static boolean removes(Change.Op op) {
        return op == Change.Op.DELETE || op == Change.Op.TRUNCATE;
    }

    @Override
    public String toString() {
        return "Event[" + op + " " + seq + "]";
    }
}
