package dev.sluice.sinks.history;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds one version: the state of a row key from one moment to another, as one row of a history table.
 *
 * @param opening the event that opened the version, with its image as sent (columns may be absent)
 * @param image the image as visible, nothing absent
 * @param validFrom first moment at which the version holds, microseconds since the epoch, UTC
 * @param closing what ended the version, null while the version holds
 */
public record Version(Event opening, Image image, long validFrom, @Nullable Closing closing) implements Serializable {

    /**
     * The end of a version.
     *
     * @param validTo first moment at which the version no longer holds, microseconds since the epoch, UTC
     * @param event the event that ended the version: a removal, or the opening of the next version (then its image is
     *     not stored here)
     */
    public record Closing(long validTo, ClosingEvent event) implements Serializable {}

    /**
     * An event without its image.
     *
     * @param seq place in the source's order
     * @param committedAt commit time in the source, microseconds since the epoch, UTC
     * @param op kind of change
     * @param provenance where it comes from
     */
    public record ClosingEvent(String seq, long committedAt, dev.sluice.cdc.event.Change.Op op, Provenance provenance)
            implements Serializable {

        static ClosingEvent of(Event event) {
            return new ClosingEvent(event.seq(), event.committedAt(), event.op(), event.provenance());
        }
    }

    /** Identity within the key: the position of the opening event. */
    public String seq() {
        return opening.seq();
    }

    /** Whether the stored row of the other version already shows this version. */
    boolean looksLike(@Nullable Version other) {
        return other != null
                && validFrom == other.validFrom
                && image.equals(other.image)
                && Objects.equals(end(), other.end())
                && opening.image() != null
                && opening.image().equals(other.opening.image());
    }

    private @Nullable String end() {
        return closing == null
                ? null
                : closing.validTo() + "@" + closing.event().seq();
    }

    @Override
    public String toString() {
        return "Version[" + seq() + "]";
    }
}
