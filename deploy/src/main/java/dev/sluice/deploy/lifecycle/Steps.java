package dev.sluice.deploy.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the named steps of an opening and closes what they opened, newest first. Each step gives one numbered line with
 * its time; {@link #current} names the step that runs or that failed. Closing goes on when one resource fails to close;
 * the first failure is thrown at the end and carries the others as suppressed.
 *
 * <p>Steps are run and closed by one thread; {@link #current} may be read by any.
 */
public final class Steps implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    /** Closing a part is told from these seconds on. */
    private static final double WORTH_TELLING = 1;

    private final Consumer<String> tell;
    private final Consumer<String> begins;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final Deque<ClosingStep> closings = new ArrayDeque<>();
    private final long start = System.nanoTime();
    private volatile String current = "";

    private record ClosingStep(String name, AutoCloseable resource) {}

    /**
     * Steps that have not begun.
     *
     * @param tell takes the line of each finished step
     * @param begins takes the name of each step before it runs
     */
    public Steps(Consumer<String> tell, Consumer<String> begins) {
        this.tell = tell;
        this.begins = begins;
    }

    /** Steps that only tell their lines. */
    public Steps(Consumer<String> tell) {
        this(tell, name -> {});
    }

    /** Runs a step and answers its result. */
    public <T> T step(String name, String what, Supplier<T> work) {
        current = name;
        begins.accept(name);
        long began = System.nanoTime();
        T done = work.get();
        double took = secondsSince(began);
        seconds.merge(name, took, Double::sum);
        LOG.atInfo().addKeyValue("step", name).addKeyValue("seconds", took).log("A step is done.");
        tell.accept(String.format(Locale.ROOT, "%2d. %-62s %5.1f s", seconds.size(), what, took));
        current = "";
        return done;
    }

    /** Runs a step without a result. */
    public void step(String name, String what, Runnable work) {
        step(name, what, () -> {
            work.run();
            return name;
        });
    }

    /** Runs a step that opens a resource; {@link #close} closes it. */
    public <T extends AutoCloseable> T open(String name, String what, Supplier<T> work) {
        return step(name, what, () -> onClose(name, work.get()));
    }

    /** Adds a resource that {@link #close} closes, and answers the resource. */
    public <T extends AutoCloseable> T onClose(String name, T resource) {
        closings.push(new ClosingStep(name, resource));
        return resource;
    }

    /** The name of the step that runs or that failed, or of what is being closed; empty between two steps. */
    public String current() {
        return current;
    }

    /** Seconds by step, and {@code total}. */
    public Map<String, Double> seconds() {
        Map<String, Double> all = new LinkedHashMap<>(seconds);
        all.put("total", secondsSince(start));
        return all;
    }

    @Override
    public void close() {
        RuntimeException first = null;
        boolean failed = !current.isEmpty();
        while (!closings.isEmpty()) {
            ClosingStep next = closings.pop();
            long began = System.nanoTime();
            current = failed ? current : "closing " + next.name();
            try {
                next.resource().close();
                closed(next.name(), secondsSince(began));
                current = failed ? current : "";
            } catch (Exception e) { // boundary: the other resources must be closed whatever this one does
                failed = true;
                LOG.atError().addKeyValue("step", next.name()).setCause(e).log("The closing of a part failed.");
                RuntimeException failure = e instanceof RuntimeException known ? known : LifeCycleErrors.partFailed(e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void closed(String name, double seconds) {
        LOG.atInfo().addKeyValue("step", name).addKeyValue("seconds", seconds).log("A part was closed.");
        if (seconds >= WORTH_TELLING) {
            tell.accept(String.format(Locale.ROOT, "    closed: %-54s %5.1f s", name, seconds));
        }
    }

    private static double secondsSince(long began) {
        return Math.round((System.nanoTime() - began) / 1e7) / 100.0;
    }
}
