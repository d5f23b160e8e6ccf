package dev.sluice.sinks.history;

import java.io.Serializable;
import java.util.List;

/**
 * Lists what has to change so that the stored state of a key means all that is known of the key now.
 *
 * @param upserts versions to write, by {@link Version#seq()}; existing ones with that seq are replaced
 * @param removals seqs of stored versions that are no longer visible
 * @param latent events that shape no version and are not remembered yet
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
