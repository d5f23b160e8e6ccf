package dev.sluice.deploy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the known word that a user may have meant. */
public final class NearestWord {

    private static final int FARTHEST = 3;

    private NearestWord() {}

    /** The nearest known word, empty when none is near. */
    public static Optional<String> to(String word, Collection<String> known) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .filter(k -> distance.apply(word, k) <= FARTHEST)
                .min(Comparator.comparing((String k) -> distance.apply(word, k)).thenComparing(k -> k));
    }
}
