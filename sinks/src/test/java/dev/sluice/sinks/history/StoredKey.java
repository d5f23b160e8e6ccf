package dev.sluice.sinks.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the tables hold of one key, changed only as a {@link HistoryDelta} says. */
final class StoredKey {

    /** What a reader of the table sees; {@code to} is null while the version holds. */
    record TableVersion(String openedBy, long from, Long to, Map<String, Object> values) {}

    private final TreeMap<String, Version> versions = new TreeMap<>();
    private final List<Event> latent = new ArrayList<>();
    private final TreeMap<String, Event> truncates = new TreeMap<>();
    int applied;
    int duplicate;
    int parked;

    HistoryDelta apply(List<Event> batch) {
        List<Event> own = new ArrayList<>();
        for (Event event : batch) {
            if (event.op() == dev.sluice.cdc.event.Change.Op.TRUNCATE) {
                truncates.put(event.seq(), event);
            } else {
                own.add(event);
            }
        }
        List<Event> remembered = new ArrayList<>(latent);
        remembered.addAll(truncates.values());
        HistoryDelta delta = KeyHistory.apply(versions(), remembered, own);
        delta.removals().forEach(versions::remove);
        delta.upserts().forEach(version -> versions.put(version.seq(), version));
        latent.addAll(delta.latent());
        applied += delta.applied();
        duplicate += delta.duplicate();
        parked += delta.parked();
        return delta;
    }

    /** The stored versions in the order of time. */
    List<Version> versions() {
        return versions.values().stream()
                .sorted(Comparator.comparingLong(Version::validFrom))
                .toList();
    }

    List<Event> latent() {
        return List.copyOf(latent);
    }

    void forget(Version version) {
        versions.remove(version.seq());
    }

    List<TableVersion> table() {
        return versions().stream()
                .map(v -> new TableVersion(
                        v.seq(),
                        v.validFrom(),
                        v.closing() == null ? null : v.closing().validTo(),
                        v.image().values()))
                .toList();
    }
}
