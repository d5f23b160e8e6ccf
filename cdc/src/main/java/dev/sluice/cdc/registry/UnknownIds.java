package dev.sluice.cdc.registry;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Decides what becomes of records whose schema the registry says it does not have. Such a record waits first, because a
 * replica of a registry learns of a new schema late and records of one dataset keep their order. When the id has been
 * unknown for long enough, the record may become a dead letter. Many such records of one dataset stop that dataset.
 *
 * <p>The same record counts once, however often its batch is repeated. Thread-safe.
 */
public final class UnknownIds {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int MOST_IDS = 10_000;

    private final Patience patience;
    private final InstantSource clock;
    private final Map<Integer, Instant> since = new HashMap<>();
    private final Map<String, Given> given = new HashMap<>();

    /**
     * Says how long and for how many records.
     *
     * @param time how long an id must have been unknown before its records may become dead letters
     * @param letters how many records of one topic may become dead letters in an hour
     */
    public record Patience(Duration time, int letters) implements Serializable {

        /** One minute, and 20 records. */
        public static final Patience STANDARD = new Patience(Duration.ofMinutes(1), 20);

        public Patience {
            if (time.isNegative() || letters < 1) {
                throw RegistryErrors.badSetting("unknown-id", "must be a time that is not negative");
            }
        }

        /** The same time, and any number of dead letters. */
        public Patience withoutLimit() {
            return new Patience(time, Integer.MAX_VALUE);
        }
    }

    /**
     * Names a record.
     *
     * @param topic topic of the record, which stands for its dataset
     * @param coordinates topic, partition and offset
     */
    public record RecordPlace(String topic, String coordinates) {}

    /** The records of one topic that became dead letters since that moment. */
    private record Given(Instant from, Set<String> coordinates) {}

    public UnknownIds(Patience patience, InstantSource clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Returns when the record may become a dead letter.
     *
     * @throws dev.sluice.cdc.CaptureException {@code CDC-111} while the record has to wait, {@code CDC-112} when too
     *     many records of its dataset are of this kind; both are about that dataset alone
     */
    public synchronized void admit(int id, RecordPlace place) {
        Instant now = clock.instant();
        if (since.size() >= MOST_IDS && !since.containsKey(id)) {
            since.clear();
        }
        Instant first = since.computeIfAbsent(id, unknown -> now);
        if (now.isBefore(first.plus(patience.time()))) {
            throw RegistryErrors.awaited(id, place, patience.time());
        }
        Set<String> letters = given(place.topic(), now);
        if (letters.size() >= patience.letters() && !letters.contains(place.coordinates())) {
            throw RegistryErrors.manyUnknown(place, patience.letters());
        }
        if (patience.letters() < Integer.MAX_VALUE) {
            letters.add(place.coordinates());
        }
    }

    /** The records of that topic that became dead letters within the hour. */
    private Set<String> given(String topic, Instant now) {
        Given before = given.get(topic);
        if (before == null || now.isAfter(before.from().plus(WINDOW))) {
            before = new Given(now, new HashSet<>());
            given.put(topic, before);
        }
        return before.coordinates();
    }
}
