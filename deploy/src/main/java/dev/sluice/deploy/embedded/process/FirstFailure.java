package dev.sluice.deploy.embedded.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes the first failure of one child or of several to every listener, also to a listener that comes after the
 * failure. Each listener is called once at most, on the thread that reports the failure or on its own. Safe for use by
 * several threads.
 */
public final class FirstFailure {

    private final List<Consumer<ChildFailure>> listeners = new ArrayList<>();
    private @Nullable ChildFailure first;

    /** Calls the listener with the first failure, at once when it has been reported. */
    public void onFailure(Consumer<ChildFailure> listener) {
        ChildFailure known;
        synchronized (listeners) {
            known = first;
            if (known == null) {
                listeners.add(listener);
            }
        }
        if (known != null) {
            listener.accept(known);
        }
    }

    /** Reports a failure; ignores every one after the first. */
    public void report(ChildFailure failure) {
        List<Consumer<ChildFailure>> told;
        synchronized (listeners) {
            told = first == null ? List.copyOf(listeners) : List.of();
            first = first == null ? failure : first;
            listeners.clear();
        }
        told.forEach(listener -> listener.accept(failure));
    }
}
