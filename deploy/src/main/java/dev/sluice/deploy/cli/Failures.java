package dev.sluice.deploy.cli;

import org.jspecify.annotations.Nullable;

/** Finds what a person should read in a chain of exceptions. */
public final class Failures {

    private Failures() {}

    /** The first exception of ours in the chain, whose message is safe to show; null when there is none. */
    public static @Nullable Throwable known(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t.getClass().getName().startsWith("dev.sluice.")) {
                return t;
            }
        }
        return null;
    }

    /** Class and place of the innermost foreign exception, without its message, which may quote data. */
    public static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        StackTraceElement[] trace = root.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        return root.getClass().getName() + place;
    }
}
