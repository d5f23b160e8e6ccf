package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes the history of one key, as a pure function. Rules:
 *
 * <ol>
 *   <li>Events order by {@code seq}. The moment of an event is its commit time, or that of an earlier event when
 *   that is later, so moments never run backwards.
 *   <li>Versions are half-open intervals {@code [valid_from, valid_to)}. Of several events at one moment only the
 *   last is visible; a version of no width is never in the table.
 *   <li>An event whose image equals that of the open version continues the version. A removal closes the version. An
 *       image after a removal opens a new version; the time between the two has no version. A truncate removes every
 *       key that is open at the position of the truncate.
 *   <li>Values that the source did not send are taken from the event before. An event without such a predecessor is
 *       parked: known and counted, but not visible until a predecessor arrives.
 *   <li>Events that no version shows are latent events. Latent events are stored, because without them a late event or
 *       a replay would give a wrong history.
 * </ol>
 *
 * <p>Applying is set union: any order, any split into batches and any number of deliveries give the same state. Where
 * two plans treated deliveries of one event, the delivery that was stored first counts.
 */
public final class KeyHistory {

    private KeyHistory() {}

    /**
     * Applies arriving events to the stored state of one key.
     *
     * @param existing all stored versions of the key
     * @param latent all remembered events of the key, and every truncate of its dataset, new ones included
     * @param arriving events of the key in this batch, in any order; no truncates
     * @throws PositionConflict when two different events claim one position
     */
    public static HistoryDelta apply(List<Version> existing, List<Event> latent, List<Event> arriving) {
        Map<String, Event> known = known(existing, latent);
        List<Event> fresh = new ArrayList<>();
        for (Event event : arriving) {
            Event same = known.putIfAbsent(event.seq(), event);
            if (same == null) {
                fresh.add(event);
            } else if (same.contradicts(event)) {
                throw new PositionConflict(same, event);
            }
        }
        Timeline timeline = Timeline.of(known.values());
        int parked = (int) fresh.stream().filter(timeline::parks).count();
        return new HistoryDelta(
                upserts(existing, timeline),
                removals(existing, timeline),
                unremembered(known, latent, timeline),
                fresh.size() - parked,
                arriving.size() - fresh.size(),
                parked);
    }

    /** The set of events that the stored state stands for. */
    private static SortedMap<String, Event> known(List<Version> existing, List<Event> latent) {
        SortedMap<String, Event> known = new TreeMap<>();
        latent.forEach(event -> known.put(event.seq(), event));
        existing.forEach(version -> known.put(version.seq(), version.opening()));
        for (Version version : existing) {
            Event end = ending(version);
            if (end != null) {
                known.putIfAbsent(end.seq(), end);
            }
        }
        return known;
    }

    /**
     * Returns the event that closed a stored version, as an event that removes the row. A closing event that opened the
     * next version is known from that version as well. When an erasure deleted that version, the closing event must
     * stay an end, or the version before would extend over the gap.
     */
    private static @Nullable Event ending(Version version) {
        Version.Closing closing = version.closing();
        if (closing == null) {
            return null;
        }
        Version.ClosingEvent end = closing.event();
        Change.Op op = end.op() == Change.Op.TRUNCATE ? Change.Op.TRUNCATE : Change.Op.DELETE;
        return new Event(
                end.seq(), end.committedAt(), op, null, version.opening().subject(), end.provenance());
    }

    private static List<Version> upserts(List<Version> existing, Timeline timeline) {
        Map<String, Version> stored = new HashMap<>();
        existing.forEach(version -> stored.put(version.seq(), version));
        return timeline.versions().stream()
                .filter(version -> !version.looksLike(stored.get(version.seq())))
                .toList();
    }

    private static List<String> removals(List<Version> existing, Timeline timeline) {
        Set<String> visible = new HashSet<>();
        timeline.versions().forEach(version -> visible.add(version.seq()));
        return existing.stream()
                .map(Version::seq)
                .filter(seq -> !visible.contains(seq))
                .toList();
    }

    private static List<Event> unremembered(Map<String, Event> known, List<Event> latent, Timeline timeline) {
        Set<String> remembered = new HashSet<>();
        latent.forEach(event -> remembered.add(event.seq()));
        List<Event> fresh = new ArrayList<>();
        String person = null;
        for (Event event : known.values()) {
            if (!timeline.shows(event) && !remembered.contains(event.seq())) {
                fresh.add(event.about(person));
            }
            person = event.subject() == null ? person : event.subject();
        }
        return fresh;
    }
}
