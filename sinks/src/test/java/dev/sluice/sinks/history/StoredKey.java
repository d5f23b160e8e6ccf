package dev.sluice.sinks.history;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the tables hold of one key, changed only as a {@link HistoryDelta} says. */
final class StoredKey {

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

    List<Version> versions() {
        return List.copyOf(versions.values());
    }

    List<Event> latent() {
        return List.copyOf(latent);
    }

    void forget(Version version) {
        versions.remove(version.seq());
    }

    List<HistoryModel.TableVersion> table() {
        return versions.values().stream()
                .map(v -> new HistoryModel.TableVersion(
                        v.seq(),
                        v.validFrom(),
                        v.closing() == null ? null : v.closing().validTo(),
                        v.image().values()))
                .toList();
    }
}
