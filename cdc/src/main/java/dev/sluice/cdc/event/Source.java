package dev.sluice.cdc.event;

import java.io.Serializable;
import java.time.Instant;

/**
 * Says where a change comes from in the source.
 *
 * @param dataset the table
 * @param position place in the source's order
 * @param transaction transaction id as the source writes it, empty when it does not say
 * @param committedAt commit time in the source, microseconds
 * @param schemaId registry id of the value's writer schema
 */
public record Source(DatasetId dataset, SourcePosition position, String transaction, Instant committedAt, int schemaId)
        implements Serializable {

    /** Identity of the event, equal for every delivery of it: name of the source, then {@code :}, then the position. */
    public String eventId() {
        return dataset.source() + ":" + position.identity();
    }
}
