package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Origin;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Says where an event comes from and which plan treated it. Of the provenance, the history reads only the plan id,
 * which tells a changed policy from a source that contradicts itself.
 *
 * @param eventId identity of the event, equal for every delivery of it
 * @param transaction source transaction id, empty when unknown
 * @param origin transport coordinates of the delivery that was applied
 * @param schemaId registry id of the writer schema
 * @param planId plan by which the image was treated
 * @param batch batch that brought the event, as {@code generation/number}
 * @param movedFrom key text of the row that this row continues after a key change, else null
 * @param movedTo key text of the row that continues this row after a key change, else null
 */
public record Provenance(
        String eventId,
        String transaction,
        Origin origin,
        int schemaId,
        String planId,
        String batch,
        @Nullable String movedFrom,
        @Nullable String movedTo)
        implements Serializable {}
