package dev.sluice.deploy.cli;

import dev.sluice.deploy.lifecycle.Ending;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Turns Ctrl-C and SIGTERM into the end of a run, so that the command can finish its batch, stop its children and exit
 * by itself. A shutdown hook cannot do that: Spark's own hook would stop Spark below the running batch.
 */
final class StopSignal {

    private StopSignal() {}

    /**
     * Ends the run with exit code 0 at SIGTERM and 130 at Ctrl-C. A second signal ends the process at once.
     *
     * @param ending the end of the run
     */
    static void end(Ending ending) {
        handle("TERM", ending, ExitCode.OK);
        handle("INT", ending, ExitCode.STOPPED_BY_USER);
    }

    private static void handle(String name, Ending ending, int code) {
        try {
            // By reflection: the API is in jdk.unsupported and naming it is a compiler warning that cannot be silenced.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    StopSignal.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getDeclaringClass() == Object.class) {
                            return method.invoke(ending, arguments);
                        }
                        if (!ending.stop(code)) {
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
            throw new IllegalStateException("This Java runtime does not let programs handle the signal " + name, e);
        }
    }
}
