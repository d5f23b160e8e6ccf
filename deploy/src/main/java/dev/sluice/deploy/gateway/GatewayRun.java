package dev.sluice.deploy.gateway;

import dev.sluice.audit.ledger.Audited;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.home.HomeOwner;
import dev.sluice.deploy.lifecycle.Ending;
import dev.sluice.deploy.lifecycle.Failures;
import dev.sluice.deploy.lifecycle.LifeCycle;
import dev.sluice.deploy.lifecycle.StateFile;
import dev.sluice.deploy.lifecycle.Steps;
import dev.sluice.deploy.pipeline.Pipeline;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one run on a home: takes the lock, starts embedded parts, opens the gateway, and closes all of them again. The
 * state file of the home follows the run, so that {@code sluice status} names the step, and after a failure its reason.
 *
 * <p>Used by one thread.
 */
public final class GatewayRun {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayRun.class);

    private final Home home;
    private final Ending ending;
    private final Steps steps;
    private final StateFile state;
    private final Consumer<String> tell;
    private boolean streaming;
    private boolean stopping;

    /** What happens while a run lasts. */
    public interface Work {

        /** Does the work and answers the exit code. */
        int run(GatewayRun run);
    }

    private GatewayRun(Home home, Ending ending, Consumer<String> tell) {
        this.home = home;
        this.ending = ending;
        this.tell = tell;
        this.state = new StateFile(home.state());
        this.steps = new Steps(tell, this::begins);
    }

    /**
     * Runs the work on that home from the lock to the close of every part.
     *
     * @param tell takes one line for each step
     * @return the exit code of the work, or that of the signal that ended it
     * @throws dev.sluice.deploy.DeployException {@code DEP-110} when another process holds the home
     */
    public static int on(Home home, Ending ending, Consumer<String> tell, Work work) {
        try (HomeLock lock = HomeLock.acquire(home)) {
            return new GatewayRun(lock.home(), ending, tell).run(work);
        }
    }

    /** The home of this run. */
    public Home home() {
        return home;
    }

    /** The steps of this run. */
    public Steps steps() {
        return steps;
    }

    /** How this run ends. */
    public Ending ending() {
        return ending;
    }

    /** Starts these embedded parts; a part that ends by itself ends the run. */
    public EmbeddedRuntime embedded(Set<Part> parts) {
        String names = String.join(", ", parts.stream().map(Part::label).toList());
        Supplier<EmbeddedRuntime> start = () -> ending.interruptibly(() -> EmbeddedRuntime.start(home, parts));
        EmbeddedRuntime runtime = steps.open("embedded parts", names + " are up", start);
        runtime.onFailure(ended -> ending.fail(GatewayErrors.childEnded(ended)));
        return runtime;
    }

    /**
     * Opens the gateway of that pipeline, and first broker and registry when the pipeline names none.
     *
     * @param listener called with every batch that is recorded, from the first on
     * @throws dev.sluice.deploy.DeployException {@code DEP-123} when the home belongs to another pipeline or source
     */
    public Gateway open(Pipeline pipeline, Consumer<Audited> listener) {
        // Said before the first part starts: a start takes half a minute, and nothing of it is wanted on a foreign
        // home.
        new HomeOwner(pipeline.name(), "").require(home);
        Pipeline known = pipeline;
        if (pipeline.transport().isEmbedded()) {
            EmbeddedRuntime runtime = embedded(EnumSet.of(Part.KAFKA, Part.REGISTRY));
            known = pipeline.over(new Pipeline.Transport(runtime.kafkaBootstrap(), runtime.registryUrl()));
        }
        Gateway gateway =
                Gateway.open(home, known, steps, ending, new BatchLoop.Listeners(listener, this::flows, tell));
        streaming = true;
        return gateway;
    }

    private int run(Work work) {
        try {
            int code = closing(work);
            state.write(new LifeCycle.Stopped(Instant.now(), "The gateway was asked to stop, or its work was done."));
            return code;
        } catch (RuntimeException | Error e) { // boundary of the run: the failure is kept for status and thrown on
            keep(e);
            throw e;
        }
    }

    private void keep(Throwable failure) {
        String between = streaming ? "streaming" : "opening";
        String step = steps.current().isEmpty() ? between : steps.current();
        try {
            state.write(new LifeCycle.Failed(Instant.now(), step, Failures.code(failure), Failures.text(failure)));
        } catch (DeployException notWritten) {
            failure.addSuppressed(notWritten);
        }
    }

    private int closing(Work work) {
        try (steps) {
            int code = work.run(this);
            stops();
            return code;
        } catch (Ending.StopRequested stopped) {
            for (Throwable whileClosing : stopped.getSuppressed()) {
                if (whileClosing instanceof RuntimeException failure) {
                    throw failure;
                }
            }
            return stopped.exitCode();
        }
    }

    /**
     * The loop of batches goes on or pauses while the gateway closes; the state stays that of the closing then. A disk
     * that is full may be the reason of the pause, so a state that cannot be written ends nothing.
     */
    private synchronized void flows(LifeCycle now) {
        if (stopping) {
            return;
        }
        try {
            state.write(now);
        } catch (DeployException e) {
            LOG.atWarn().addKeyValue("state", now.label()).setCause(e).log("The state of the gateway is not written.");
        }
    }

    private synchronized void stops() {
        stopping = true;
        state.write(new LifeCycle.Stopping(Instant.now(), "The batch at hand is finished first."));
    }

    /** A step after the opening of the gateway, such as the shop of the demo, leaves the gateway streaming. */
    private void begins(String step) {
        if (streaming) {
            return;
        }
        state.write(
                step.equals("snapshot")
                        ? new LifeCycle.Snapshotting(Instant.now())
                        : new LifeCycle.Opening(Instant.now(), step));
    }
}
