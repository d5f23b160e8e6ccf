package dev.sluice.deploy.gateway;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must be closed, newest first. Closing goes on when one of them fails, and reports the first failure at the end.
 */
final class Resources implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Remembers it. */
    <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        RuntimeException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) { // boundary: the others must be closed whatever this one does
                if (first == null) {
                    first = e instanceof RuntimeException known ? known : GatewayErrors.stopped(e);
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
