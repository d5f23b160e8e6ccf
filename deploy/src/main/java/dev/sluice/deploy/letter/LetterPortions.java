package dev.sluice.deploy.letter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cuts the letters of a request into batches. A batch holds letters of one dataset, so that a dataset whose replay is
 * given up keeps no other dataset back.
 *
 * @param letters most letters in one batch
 */
record LetterPortions(int letters) {

    /** The bounds of a gateway. */
    static final LetterPortions STANDARD = new LetterPortions(1_000);

    /** The letters of the first batch, in the order of the given ones; none when there are none. */
    List<Letter> first(Collection<Letter> open) {
        List<Letter> first = new ArrayList<>();
        for (Letter letter : open) {
            boolean same = first.isEmpty() || first.get(0).dataset().equals(letter.dataset());
            if (same && first.size() < letters) {
                first.add(letter);
            }
        }
        return List.copyOf(first);
    }

    /** All batches, one after the other. */
    List<Set<String>> all(Collection<Letter> open) {
        List<Set<String>> batches = new ArrayList<>();
        List<Letter> left = new ArrayList<>(open);
        while (!left.isEmpty()) {
            List<Letter> some = first(left);
            left.removeAll(some);
            Set<String> ids = new TreeSet<>();
            some.forEach(letter -> ids.add(letter.id()));
            batches.add(ids);
        }
        return batches;
    }
}
