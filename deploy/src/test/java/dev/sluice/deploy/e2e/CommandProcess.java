package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.event.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The command line in a process of its own, with what it prints; killed at the end if it still runs. */
final class CommandProcess implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(4);

    private final Process process;
    private final Path out;
    private final Path err;

    private CommandProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it; what it prints goes to files in that folder. */
    static CommandProcess start(Path folder, String... arguments) throws IOException {
        return start(List.of(), folder, arguments);
    }

    /** Starts it so that it is killed where the code reaches that point. */
    static CommandProcess startKilledAt(String point, Path folder, String... arguments) throws IOException {
        return start(List.of("-D" + CrashPoint.PROPERTY + "=" + point), folder, arguments);
    }

    private static CommandProcess start(List<String> flags, Path folder, String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        // A shell starts what runs in its background with Ctrl-C switched off, and a JVM leaves it so.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        // The flags that the launcher gives are those that this JVM was given.
        List<String> given = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-opens"))
                .toList();
        List<String> all = new ArrayList<>(given);
        all.addAll(flags);
        command.addAll(Product.command(all, arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new CommandProcess(process, out, err);
    }

    /** Runs it to its end, which must be success. */
    static String run(Path folder, String... arguments) throws IOException {
        try (CommandProcess command = start(folder, arguments)) {
            assertThat(command.exitCode(LONG)).as(command.err()).isZero();
            return command.out();
        }
    }

    /** Its exit code; fails when it has not ended by then. */
    int exitCode(Duration within) {
        try {
            assertThat(process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ends within " + within + ":\n" + err())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until standard error holds that text; fails when the process ends before. */
    void awaitErr(String text) {
        Awaitility.await("standard error says " + text)
                .atMost(LONG)
                .failFast("the process has ended", () -> !process.isAlive() && !err().contains(text))
                .until(() -> err().contains(text));
    }

    /** Standard output up to now. */
    String out() {
        return read(out);
    }

    /** Standard error up to now. */
    String err() {
        return read(err);
    }

    /** Sends it that signal, for example {@code INT}, as Ctrl-C does. */
    void signal(String name) throws IOException {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(code).as("kill -" + name).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
