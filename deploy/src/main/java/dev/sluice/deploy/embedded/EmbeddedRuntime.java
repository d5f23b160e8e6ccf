package dev.sluice.deploy.embedded;

import dev.sluice.deploy.embedded.process.Child;
import dev.sluice.deploy.embedded.process.ChildFailure;
import dev.sluice.deploy.embedded.process.FirstFailure;
import dev.sluice.deploy.embedded.process.Leftovers;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the embedded database, broker and schema registry of one home, as supervised children on loopback.
 *
 * <p>Guarantees: after {@link #start} every part serves; state and ports are those of the last start; a part that ends
 * by itself calls the listeners of {@link #onFailure}; after {@link #close}, or however this process ends, no child is
 * left. A start waits for and ends children of a predecessor that was killed. Safe for use by several threads.
 */
public final class EmbeddedRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRuntime.class);
    private static final long STOP_SECONDS = 20;

    private final Home home;
    private final @Nullable HomeLock lock;
    private final Map<Part, Supplier<Child>> starters = new EnumMap<>(Part.class);
    private final Map<Part, Child> children = new EnumMap<>(Part.class);
    private final FirstFailure failure = new FirstFailure();
    private volatile @Nullable EmbeddedPostgres postgres;
    private volatile @Nullable EmbeddedKafka kafka;
    private volatile @Nullable EmbeddedRegistry registry;

    private EmbeddedRuntime(Home home, @Nullable HomeLock lock) {
        this.home = home;
        this.lock = lock;
    }

    /** Starts all parts, see {@link #start(Home, Set)}. */
    public static EmbeddedRuntime start(Home home) {
        return start(home, EnumSet.allOf(Part.class));
    }

    /**
     * Starts these parts in parallel and returns when all of them serve. Takes the {@link HomeLock} for its own life
     * unless this process holds it already.
     *
     * @throws dev.sluice.deploy.DeployException when one cannot start; none is left running then
     */
    public static EmbeddedRuntime start(Home home, Set<Part> parts) {
        HomeLock lock = HomeLock.isHeld(home) ? null : HomeLock.acquire(home);
        EmbeddedRuntime runtime = new EmbeddedRuntime(home, lock);
        boolean started = false;
        try {
            Leftovers.end(List.of(home.postgres(), EmbeddedPostgres.data(home), home.kafka(), home.registry()));
            runtime.startAll(parts);
            started = true;
            return runtime;
        } finally {
            if (!started) {
                runtime.close();
            }
        }
    }

    /** How to reach the database. */
    public PostgresAccess postgres() {
        EmbeddedPostgres running = postgres;
        if (running == null) {
            throw EmbeddedErrors.notStarted(Part.POSTGRES);
        }
        return running.access();
    }

    /** Address of the broker, {@code host:port}. */
    public String kafkaBootstrap() {
        EmbeddedKafka running = kafka;
        if (running == null) {
            throw EmbeddedErrors.notStarted(Part.KAFKA);
        }
        return running.bootstrap();
    }

    /** Base address of the registry's Confluent REST API. */
    public URI registryUrl() {
        EmbeddedRegistry running = registry;
        if (running == null) {
            throw EmbeddedErrors.notStarted(Part.REGISTRY);
        }
        return running.address();
    }

    /** Calls the listener with the first part that ends without being stopped; never otherwise. */
    public void onFailure(Consumer<ChildFailure> listener) {
        failure.onFailure(listener);
    }

    /** The running program of that part, for supervision and fault tests. */
    public Optional<ProcessHandle> process(Part part) {
        synchronized (children) {
            return Optional.ofNullable(children.get(part)).flatMap(Child::program);
        }
    }

    /** Stops one part as {@link #close} does and starts it again at the same address. */
    public void restart(Part part) {
        synchronized (children) {
            Child old = children.remove(part);
            Supplier<Child> starter = starters.get(part);
            if (old == null || starter == null) {
                throw EmbeddedErrors.notStarted(part);
            }
            old.stop();
            adopt(part, starter.get());
        }
    }

    /** Stops registry, broker and database in this order, at most 20 s together. Further calls do nothing. */
    @Override
    public void close() {
        synchronized (children) {
            List<Part> order = new ArrayList<>(children.keySet());
            for (int i = order.size() - 1; i >= 0; i--) {
                Child child = children.remove(order.get(i));
                if (child != null) {
                    child.stop();
                }
            }
        }
        if (lock != null) {
            lock.close();
        }
    }

    private void startAll(Set<Part> parts) {
        Installation installation = Installation.current();
        Map<Part, Callable<Child>> starts = new EnumMap<>(Part.class);
        starts.put(Part.POSTGRES, () -> {
            EmbeddedPostgres prepared = EmbeddedPostgres.prepare(home, installation);
            postgres = prepared;
            return first(Part.POSTGRES, prepared::start);
        });
        starts.put(Part.KAFKA, () -> {
            EmbeddedKafka prepared = EmbeddedKafka.prepare(home, installation);
            kafka = prepared;
            return first(Part.KAFKA, prepared::start);
        });
        starts.put(Part.REGISTRY, () -> {
            EmbeddedRegistry prepared = EmbeddedRegistry.prepare(home, installation);
            registry = prepared;
            return first(Part.REGISTRY, prepared::start);
        });
        starts.keySet().retainAll(parts);
        inParallel(starts);
    }

    private Child first(Part part, Supplier<Child> starter) {
        Child child = starter.get();
        synchronized (children) {
            starters.put(part, starter);
            adopt(part, child);
        }
        return child;
    }

    /** Runs all; the first failure interrupts the others, and none of them still works when this returns. */
    private static void inParallel(Map<Part, Callable<Child>> starts) {
        ExecutorService threads = Executors.newFixedThreadPool(Part.values().length);
        try {
            CompletionService<Child> started = new ExecutorCompletionService<>(threads);
            starts.values().forEach(started::submit);
            for (int i = 0; i < starts.size(); i++) {
                started.take().get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EmbeddedErrors.interrupted(e);
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.atWarn().log("A start did not end in time.");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void adopt(Part part, Child child) {
        children.put(part, child);
        child.onFailure(failure::report);
    }
}
