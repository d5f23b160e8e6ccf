package dev.sluice.deploy.letter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the dead letters of one dataset, code and stage.
 *
 * @param dataset topic of the records
 * @param code stable code
 * @param stage stage that rejected the records
 * @param oldest when the oldest letter was written
 * @param newest when the newest letter was written
 * @param states number of letters in each state; every state is present
 */
public record LetterCount(
        String dataset, String code, String stage, Instant oldest, Instant newest, Map<LetterState, Long> states) {

    /** Number of letters. */
    public long count() {
        return states.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Number of letters in that state. */
    public long in(LetterState state) {
        return states.getOrDefault(state, 0L);
    }

    /** The counts of these letters, by dataset, code and stage. */
    public static List<LetterCount> of(Collection<Letter> letters) {
        Map<List<String>, List<Letter>> groups = new TreeMap<>(LetterCount::compare);
        for (Letter letter : letters) {
            List<String> group = List.of(
                    letter.dataset(), letter.code(), letter.view().reason().stage());
            groups.computeIfAbsent(group, g -> new ArrayList<>()).add(letter);
        }
        return groups.values().stream().map(LetterCount::group).toList();
    }

    private static LetterCount group(List<Letter> letters) {
        Letter first = letters.get(0);
        Map<LetterState, Long> states = new EnumMap<>(LetterState.class);
        for (LetterState state : LetterState.values()) {
            states.put(
                    state,
                    letters.stream().filter(letter -> letter.state() == state).count());
        }
        Instant oldest =
                letters.stream().map(Letter::since).min(Instant::compareTo).orElseThrow();
        Instant newest =
                letters.stream().map(Letter::since).max(Instant::compareTo).orElseThrow();
        return new LetterCount(
                first.dataset(), first.code(), first.view().reason().stage(), oldest, newest, Map.copyOf(states));
    }

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
