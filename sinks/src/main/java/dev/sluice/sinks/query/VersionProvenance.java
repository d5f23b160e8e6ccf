package dev.sluice.sinks.query;

import dev.sluice.sinks.history.Provenance;
import java.time.Instant;
import java.util.List;

/**
 * Says where a version of a key comes from: the event that opened the version, and what was added to that event.
 *
 * @param event identity, transaction, transport coordinates, schema, plan and batch of the event that opened the
 *     version
 * @param committedAt when the source committed the event
 * @param filled columns that the event did not carry and that were taken from the event before
 */
public record VersionProvenance(Provenance event, Instant committedAt, List<String> filled) {

    public VersionProvenance {
        filled = List.copyOf(filled);
    }
}
