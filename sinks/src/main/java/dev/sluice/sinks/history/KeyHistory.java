package dev.sluice.sinks.history;

import dev.sluice.cdc.event.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes the history of one key, as a pure function. Rules:
 *
 * <ol>
 *   <li>Events order by {@code seq}, the order in which their transactions committed. An event is known by its
 *       identity; of several deliveries the first counts, also where a later one has another {@code seq}.
 *   <li>A transaction gives a key at most one version ({@link KeyTransaction}). The moment of a transaction is its
 *       commit time, or one microsecond after the transaction before when the clock says less. A snapshot read takes a
 *       moment between its neighbours and never moves that of a transaction.
 *   <li>Versions are half-open intervals {@code [valid_from, valid_to)}; a version of no width is never in the table.
 *   <li>An event whose image equals that of the open version continues the version. A removal closes the version. An
 *       image after a removal opens a new version; the time between the two has no version. A truncate removes every
 *       key that is open at the position of the truncate.
 *   <li>Values that the source did not send are taken from the event before. An event without such a predecessor is
 *       parked: known and counted, but not visible until a predecessor arrives. Nothing is taken across an event that
 *       is a dead letter: the next event is parked, unless all its values were sent.
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
     * @param missing events of the key that are dead letters
     * @throws PositionConflict when two different events claim one position
     */
    public static HistoryDelta apply(
            List<Version> existing, List<Event> latent, List<Event> arriving, List<MissingEvent> missing) {
        Map<String, Event> known = known(existing, latent);
        Set<String> remains = remains(existing, known);
        List<Event> fresh = new ArrayList<>();
        for (Event event : arriving) {
            Event same = known.putIfAbsent(event.identity(), event);
            if (same == null) {
                fresh.add(event);
            } else if (same.contradicts(event) && !remains.contains(event.identity())) {
                throw new PositionConflict(same, event);
            }
        }
        List<Event> ordered = SourceOrder.of(known.values());
        Timeline timeline = Timeline.of(ordered, missing);
        int parked = (int) fresh.stream().filter(timeline::parks).count();
        return new HistoryDelta(
                upserts(existing, timeline),
                removals(existing, timeline),
                unremembered(ordered, latent, timeline),
                fresh.size() - parked,
                arriving.size() - fresh.size(),
                parked);
    }

    /** Applies arriving events to the stored state of one key of which no event is missing. */
    public static HistoryDelta apply(List<Version> existing, List<Event> latent, List<Event> arriving) {
        return apply(existing, latent, arriving, List.of());
    }

    /** The set of events that the stored state stands for, by identity. */
    private static Map<String, Event> known(List<Version> existing, List<Event> latent) {
        Map<String, Event> known = new HashMap<>();
        latent.forEach(event -> known.put(event.identity(), event));
        existing.forEach(version -> known.put(version.opening().identity(), version.opening()));
        return known;
    }

    /**
     * Adds the ends of stored versions to the known events, and returns the identities of those that are known by such
     * an end only. What remains of an erased event contradicts no delivery of the event.
     */
    private static Set<String> remains(List<Version> existing, Map<String, Event> known) {
        Set<String> remains = new HashSet<>();
        for (Version version : existing) {
            Event end = ending(version);
            if (end != null && known.putIfAbsent(end.identity(), end) == null) {
                remains.add(end.identity());
            }
        }
        return remains;
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

    private static List<Event> unremembered(List<Event> known, List<Event> latent, Timeline timeline) {
        Set<String> remembered = new HashSet<>();
        latent.forEach(event -> remembered.add(event.seq()));
        List<Event> fresh = new ArrayList<>();
        String person = null;
        for (Event event : known) {
            if (!timeline.shows(event) && !remembered.contains(event.seq())) {
                fresh.add(event.about(person));
            }
            person = event.subject() == null ? person : event.subject();
        }
        return fresh;
    }
}
