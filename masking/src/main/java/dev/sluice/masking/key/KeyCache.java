package dev.sluice.masking.key;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps in memory the states of the people used last, up to a bound. Every entry was read at one number of erasures,
 * the epoch. Entries of an older epoch are dropped, so a key that was destroyed while it was being read is never kept.
 * Safe for use by many threads.
 */
final class KeyCache {

    private final Map<String, SubjectState> people;
    private long epoch = -1;

    KeyCache(int bound) {
        people = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, SubjectState> eldest) {
                return size() > bound;
            }
        };
    }

    /** Those of the people that are known at that epoch. */
    synchronized Map<String, SubjectState> find(long current, Collection<String> pseudonyms) {
        Map<String, SubjectState> found = new HashMap<>();
        if (moveTo(current)) {
            for (String pseudonym : pseudonyms) {
                SubjectState state = people.get(pseudonym);
                if (state != null) {
                    found.put(pseudonym, state);
                }
            }
        }
        return found;
    }

    /** Keeps states that were read at the epoch {@code seen}; keeps none when that epoch is already past. */
    synchronized void put(long seen, Map<String, SubjectState> read) {
        if (moveTo(seen)) {
            people.putAll(read);
        }
    }

    /** Drops everything that was read before that epoch; answers false when the epoch is already past. */
    synchronized boolean moveTo(long current) {
        if (current > epoch) {
            people.clear();
            epoch = current;
        }
        return current == epoch;
    }
}
