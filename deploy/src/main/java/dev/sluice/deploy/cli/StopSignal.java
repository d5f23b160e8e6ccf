package dev.sluice.deploy.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/**
 * Turns Ctrl-C and SIGTERM into a future, so that the command can finish its batch, stop its children and exit by
 * itself. A shutdown hook cannot do that: Spark's own hook would stop Spark below the running batch.
 */
final class StopSignal {

    private StopSignal() {}

    /**
     * A future that completes with the exit code: 0 for SIGTERM, 130 for Ctrl-C. A second signal ends the process at
     * once.
     */
    static CompletableFuture<Integer> install() {
        CompletableFuture<Integer> stop = new CompletableFuture<>();
        handle("TERM", stop, ExitCode.OK);
        handle("INT", stop, ExitCode.STOPPED_BY_USER);
        return stop;
    }

    private static void handle(String name, CompletableFuture<Integer> stop, int code) {
        try {
            // By reflection: the API is in jdk.unsupported and naming it is a compiler warning that cannot be silenced.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    StopSignal.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getDeclaringClass() == Object.class) {
                            return method.invoke(stop, arguments);
                        }
                        if (!stop.complete(code)) {
                            Runtime.getRuntime().halt(128 + 2);
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("this Java runtime lets nobody handle the signal " + name, e);
        }
    }
}
