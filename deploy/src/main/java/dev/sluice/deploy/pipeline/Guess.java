package dev.sluice.deploy.pipeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what a user may have meant. */
public final class Guess {

    private static final int FARTHEST = 3;

    private Guess() {}

    /** The nearest known word, empty when none is near. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .filter(k -> distance.apply(word, k) <= FARTHEST)
                .min(Comparator.comparing((String k) -> distance.apply(word, k)).thenComparing(k -> k));
    }
}
