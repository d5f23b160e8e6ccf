package dev.sluice.sinks;

import java.io.Serializable;

/**
 * Names a place between transactions of the source, and the record of the topic of cuts that says so.
 *
 * @param epoch epoch of the capture
 * @param position position of the last commit before the place, in the notation of the source
 * @param topicId id of the topic of cuts
 * @param next offset after the record in the topic of cuts
 */
public record SourceCut(long epoch, String position, String topicId, long next) implements Serializable {

    /** Epoch and position, for example {@code 0:0/16B3748}. */
    public String text() {
        return epoch + ":" + position;
    }
}
