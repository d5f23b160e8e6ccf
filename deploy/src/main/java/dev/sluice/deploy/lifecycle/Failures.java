package dev.sluice.deploy.lifecycle;

import dev.sluice.cdc.KnownFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what a person may read in a chain of exceptions. Foreign messages may quote data, so they stay out. */
public final class Failures {

    private static final int FRAMES = 12;

    private Failures() {}

    /** The first exception of this product in the chain; its message is safe to show. */
    public static Optional<Throwable> known(Throwable failure) {
        return chain(failure).stream()
                .filter(link -> link.getClass().getName().startsWith("dev.sluice."))
                .findFirst();
    }

    /** The first failure of the chain that concerns one dataset and no other. */
    public static Optional<KnownFailure> ofDataset(Throwable failure) {
        return chain(failure).stream()
                .filter(KnownFailure.class::isInstance)
                .map(KnownFailure.class::cast)
                .filter(known -> known.dataset().isPresent())
                .findFirst();
    }

    /** The failures of the chain, and of those suppressed on the way, that concern one dataset and no other. */
    public static List<KnownFailure> ofDatasets(Throwable failure) {
        List<KnownFailure> found = new ArrayList<>();
        for (Throwable link : chain(failure)) {
            ofDataset(link).filter(known -> !found.contains(known)).ifPresent(found::add);
            for (Throwable suppressed : link.getSuppressed()) {
                ofDataset(suppressed).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The message of the first known exception, else class and place of the innermost one. */
    public static String text(Throwable failure) {
        return known(failure).map(Throwable::getMessage).orElseGet(() -> describe(failure));
    }

    /** The stable code at the beginning of the known message, for example {@code CDC-042}; empty when there is none. */
    public static String code(Throwable failure) {
        if (failure instanceof KnownFailure known) {
            return known.code();
        }
        String text = text(failure);
        int blank = text.indexOf(' ');
        String first = blank < 0 ? text : text.substring(0, blank);
        return first.matches("[A-Z]{3}-\\d{3}") ? first : "";
    }

    /** Class and place of the innermost exception, without its message. */
    public static String describe(Throwable failure) {
        List<Throwable> chain = chain(failure);
        Throwable root = chain.get(chain.size() - 1);
        StackTraceElement[] trace = root.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        return root.getClass().getName() + place;
    }

    /**
     * One line for each exception of the chain, and of the failures that were suppressed on the way, and one for each
     * of its first frames; no message, so no data value.
     */
    public static List<String> places(Throwable failure) {
        List<String> lines = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable link : chain(failure)) {
            places(link, lines.isEmpty() ? "" : "caused by ", seen, lines);
            for (Throwable suppressed : link.getSuppressed()) {
                chain(suppressed).forEach(other -> places(other, "besides ", seen, lines));
            }
        }
        return lines;
    }

    private static void places(Throwable link, String relation, Set<Throwable> seen, List<String> lines) {
        if (!seen.add(link)) {
            return;
        }
        lines.add(relation + link.getClass().getName());
        StackTraceElement[] trace = link.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, trace.length); i++) {
            lines.add("    at " + trace[i]);
        }
    }

    /** The failure and its causes, outermost first. */
    public static List<Throwable> chain(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> chain = new ArrayList<>();
        for (Throwable link = failure; link != null && seen.add(link); link = link.getCause()) {
            chain.add(link);
        }
        return chain;
    }
}
