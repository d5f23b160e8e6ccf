package dev.sluice.cdc.event;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills this process at a named place in the code, as a power cut would, when a test asks for that.
 *
 * <p>Off unless the system property {@value #PROPERTY} is set when this class is loaded; when off, {@link #reached}
 * costs one read of a constant. The property names one point and optionally the visit at which the process ends: {@code
 * CP13} (the first) or {@code CP13:2} (the second). The process then sends itself SIGKILL, so that no shutdown hook, no
 * {@code finally} and no flush runs. Safe for use by several threads; exactly one visit ends the process.
 */
public final class CrashPoint {
    /** The system property that arms one point. */
    public static final String PROPERTY = "sluice.crash.at";

    private static final String POINT = pointOf(System.getProperty(PROPERTY, ""));
    private static final boolean ARMED = !POINT.isEmpty();
    private static final AtomicInteger LEFT = new AtomicInteger(visitOf(System.getProperty(PROPERTY, "")));

    private CrashPoint() {}

    /** Ends the process when the property names this point and this visit; else does nothing. */
    public static void reached(String point) {
        if (ARMED && POINT.equals(point) && LEFT.decrementAndGet() == 0) {
            kill();
        }
    }

    static String pointOf(String property) {
        int colon = property.indexOf(':');
        return (colon < 0 ? property : property.substring(0, colon)).trim();
    }

    static int visitOf(String property) {
        int colon = property.indexOf(':');
        int visit =
                colon < 0 ? 1 : Integer.parseInt(property.substring(colon + 1).trim());
        if (visit < 1) {
            throw new IllegalArgumentException(
                    "The system property " + PROPERTY + " must name a visit of 1 or more, not " + visit + ".");
        }
        return visit;
    }

    private static void kill() {
        String pid = Long.toString(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("kill", "-9", pid).start();
            new CountDownLatch(1).await();
        } catch (IOException | InterruptedException cannotKill) {
            // A crash that does not happen would let a test pass for the wrong reason.
            Runtime.getRuntime().halt(137);
        }
    }
}
