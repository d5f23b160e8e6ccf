package dev.sluice.deploy.letter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cuts the letters of a request into batches. A batch holds letters of one dataset, so that a dataset whose replay is
 * given up keeps no other dataset back, and at least one letter.
 *
 * @param letters most letters in one batch
 * @param bytes most bytes of their sealed records, which the gateway holds in memory; a larger letter stands alone
 */
record LetterPortions(int letters, long bytes) {

    /** The bounds of a gateway: 1,000 letters, 64 MiB. */
    static final LetterPortions STANDARD = new LetterPortions(1_000, 64L << 20);

    /** The letters of the first batch, in the order of the given ones; none when there are none. */
    List<Letter> first(Collection<Letter> open) {
        List<Letter> first = new ArrayList<>();
        long taken = 0;
        for (Letter letter : open) {
            long size = letter.view().bytes();
            if (first.isEmpty() || (fits(first, letter) && size <= bytes - taken)) {
                first.add(letter);
                taken += size;
            }
        }
        return List.copyOf(first);
    }

    private boolean fits(List<Letter> first, Letter letter) {
        return first.size() < letters && first.get(0).dataset().equals(letter.dataset());
    }

    /** All batches, one after the other. */
    List<Set<String>> all(Collection<Letter> open) {
        List<Set<String>> batches = new ArrayList<>();
        List<Letter> left = new ArrayList<>(open);
        while (!left.isEmpty()) {
            List<Letter> some = first(left);
            left.removeAll(new HashSet<>(some));
            Set<String> ids = new TreeSet<>();
            some.forEach(letter -> ids.add(letter.id()));
            batches.add(ids);
        }
        return batches;
    }
}
