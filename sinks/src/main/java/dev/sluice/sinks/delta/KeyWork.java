package dev.sluice.sinks.delta;

import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.history.HistoryDelta;
import dev.sluice.sinks.history.KeyHistory;
import dev.sluice.sinks.history.MissingEvent;
import dev.sluice.sinks.history.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is known of one key (stored, remembered, arriving) and computes the difference. Not thread-safe. */
final class KeyWork {

    final List<Version> stored = new ArrayList<>();
    final List<Event> remembered = new ArrayList<>();
    final List<Event> arriving = new ArrayList<>();
    final List<MissingEvent> missing = new ArrayList<>();

    /** Applies the arriving events under those truncates of the dataset. */
    HistoryDelta apply(List<Event> truncates) {
        if (!truncates.isEmpty()) {
            remembered.addAll(truncates);
        }
        return KeyHistory.apply(stored, remembered, arriving, missing);
    }

    Reconciled.ChangeTally tally(HistoryDelta delta) {
        Set<String> known = new HashSet<>();
        stored.forEach(version -> known.add(version.seq()));
        long replaced =
                delta.upserts().stream().filter(v -> known.contains(v.seq())).count();
        int rows = delta.upserts().size() + delta.removals().size();
        return new Reconciled.ChangeTally(
                delta.applied(),
                delta.duplicate(),
                delta.parked(),
                rows,
                replaced + delta.removals().size(),
                delta.latent().size());
    }
}
