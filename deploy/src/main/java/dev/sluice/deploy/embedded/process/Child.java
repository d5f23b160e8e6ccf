package dev.sluice.deploy.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervises one child process on a {@link Leash}. Its output goes to a {@link ChildLog}. Safe for use by several
 * threads; every wait is bounded.
 */
public final class Child {

    private static final Logger LOG = LoggerFactory.getLogger(Child.class);
    private static final long LAST_WORDS_MILLIS = 1_000;
    private static final Duration POLL = Duration.ofMillis(25);

    /**
     * How to run a child.
     *
     * @param name short name, also the name of its log file
     * @param program the command
     * @param environment variables added to this process's own
     * @param folder working folder and place of its pid file; leftovers are recognised by it
     * @param log log file, appended and of bounded size
     * @param leash how it is stopped
     */
    public record Spec(
            String name, List<String> program, Map<String, String> environment, Path folder, Path log, Leash leash) {

        Path pidFile() {
            return folder.resolve("child.pid");
        }
    }

    private final Spec spec;
    private final Process shell;
    private final ChildLog log;
    private final FirstFailure failure = new FirstFailure();
    private final CompletableFuture<Void> watch;

    private Child(Spec spec, Process shell) {
        this.spec = spec;
        this.shell = shell;
        log = ChildLog.start(spec.name(), spec.log(), shell.getInputStream());
        watch = shell.onExit().thenAccept(this::ended);
    }

    /** Launches the child and returns at once. */
    public static Child launch(Spec spec) {
        try {
            Files.deleteIfExists(spec.pidFile());
            ProcessBuilder builder = new ProcessBuilder(spec.leash().command(spec.pidFile(), spec.program()))
                    .directory(spec.folder().toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(spec.environment());
            return new Child(spec, builder.start());
        } catch (IOException e) {
            throw ProcessErrors.cannotLaunch(spec.name(), spec.program().get(0), e);
        }
    }

    /**
     * Waits until the child says it is ready.
     *
     * @throws dev.sluice.deploy.DeployException when it ends or does not become ready in time; it is stopped then
     */
    public void awaitReady(BooleanSupplier ready, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (!ready.getAsBoolean()) {
                if (shell.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw ProcessErrors.endedAtStart(describe());
                }
                if (System.nanoTime() - deadline > 0) {
                    stop();
                    throw ProcessErrors.notReady(spec.name(), atMost, spec.log(), log.tail(LAST_WORDS_MILLIS));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            throw ProcessErrors.interrupted(spec.name(), e);
        }
    }

    /**
     * Waits until a child that is to end by itself has ended; such an end is no failure.
     *
     * @return its exit code
     * @throws dev.sluice.deploy.DeployException when it does not end in time; it is stopped then
     */
    public int awaitEnd(Duration atMost) {
        watch.cancel(false);
        try {
            if (!shell.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                stop();
                throw ProcessErrors.notReady(spec.name(), atMost, spec.log(), log.tail(LAST_WORDS_MILLIS));
            }
            return shell.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            throw ProcessErrors.interrupted(spec.name(), e);
        }
    }

    /** Calls the listener when the child ends without {@link #stop}, at once when it has ended so; never otherwise. */
    public void onFailure(Consumer<ChildFailure> listener) {
        failure.onFailure(listener);
    }

    /** The program's own process (not the shell's), as long as it runs. */
    public Optional<ProcessHandle> program() {
        try {
            String pid = Files.readString(spec.pidFile()).trim();
            return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    /** Stops the child by letting go of the leash and waits for its end, at most grace time plus two seconds. */
    public void stop() {
        watch.cancel(false);
        try {
            shell.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            LOG.atDebug().addKeyValue("child", spec.name()).log("The pipe to the child was closed before.");
        }
        if (!ended(spec.leash().grace().plusSeconds(2))) {
            LOG.atWarn().addKeyValue("child", spec.name()).log("The child did not end in time and is killed.");
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    private boolean ended(Duration atMost) {
        // A stop often runs on an interrupted thread; it must still wait for the child.
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            try {
                return shell.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private void ended(Process process) {
        LOG.atError()
                .addKeyValue("child", spec.name())
                .addKeyValue("exitCode", process.exitValue())
                .log("The child ended although the gateway did not stop the child.");
        failure.report(describe());
    }

    private ChildFailure describe() {
        return new ChildFailure(spec.name(), shell.exitValue(), spec.log(), log.tail(LAST_WORDS_MILLIS));
    }
}
