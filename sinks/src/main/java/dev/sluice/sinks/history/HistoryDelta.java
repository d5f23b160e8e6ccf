package dev.sluice.sinks.history;

import java.io.Serializable;
import java.util.List;

/**
 * Lists the changes after which the stored state of a key agrees with all events that are known of the key.
 *
 * @param upserts versions to write; a stored version with the same {@link Version#seq()} is replaced
 * @param removals seqs of stored versions that are no longer visible
 * @param latent latent events that are not stored yet
 * @param applied arriving events that were new and count for the history
 * @param duplicate arriving events that were known already
 * @param parked arriving events that were new and wait for a predecessor
 */
public record HistoryDelta(
        List<Version> upserts, List<String> removals, List<Event> latent, int applied, int duplicate, int parked)
        implements Serializable {

    public HistoryDelta {
        upserts = List.copyOf(upserts);
        removals = List.copyOf(removals);
        latent = List.copyOf(latent);
    }
}
