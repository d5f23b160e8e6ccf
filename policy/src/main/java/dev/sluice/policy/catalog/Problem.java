package dev.sluice.policy.catalog;

import java.util.Comparator;

/**
 * Something wrong in a policy folder.
 *
 * @param file file inside the folder, with {@code /}
 * @param line line from 1; 0 when the whole file is meant
 * @param message what is wrong, why, and what to do
 */
public record Problem(String file, int line, String message) implements Comparable<Problem> {

    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparing(Problem::file).thenComparingInt(Problem::line).thenComparing(Problem::message);

    @Override
    public int compareTo(Problem other) {
        return BY_PLACE.compare(this, other);
    }

    /** {@code file:line message}. */
    @Override
    public String toString() {
        return (line == 0 ? file : file + ":" + line) + " " + message;
    }
}
