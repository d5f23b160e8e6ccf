package dev.sluice.policy.opa;

import dev.sluice.policy.PolicyErrors;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds and runs the {@code opa} command of this machine, which is needed to change Rego and to run its tests, but not
 * to run the gateway. The search looks in {@code SLUICE_OPA}, then where {@code policy/install-opa} puts the command,
 * then on the path.
 */
public final class OpaBinary {

    /** The version that the built-in module was compiled with. */
    public static final String VERSION = "1.9.0";

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path path;

    private OpaBinary(Path path) {
        this.path = path;
    }

    /** The binary, empty when this machine has none. */
    public static Optional<OpaBinary> find() {
        String named = System.getenv("SLUICE_OPA");
        if (named != null && !named.isBlank()) {
            return Optional.of(new OpaBinary(Path.of(named)));
        }
        Path installed = Path.of(System.getProperty("user.home"), ".cache", "sluice", "opa-" + VERSION);
        String onPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
        Stream<Path> others = Stream.of(onPath.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "opa"));
        return Stream.concat(Stream.of(installed), others)
                .filter(Files::isExecutable)
                .findFirst()
                .map(OpaBinary::new);
    }

    /** Says how to get the command, for a machine that has none. */
    public static String howToInstall() {
        return "This machine has no opa " + VERSION
                + ". Run policy/install-opa (needs Go), or name an opa command in SLUICE_OPA.";
    }

    /** Path of the command. */
    public Path path() {
        return path;
    }

    /**
     * Runs the command in that folder and waits, two minutes at most.
     *
     * @throws dev.sluice.policy.PolicyException when the command cannot be started or does not end
     */
    public OpaRun run(Path folder, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(path.toString());
        command.addAll(arguments);
        try {
            Path out = Files.createTempFile("sluice-opa", ".out");
            Path err = Files.createTempFile("sluice-opa", ".err");
            try {
                return run(
                        new ProcessBuilder(command)
                                .directory(folder.toFile())
                                .redirectOutput(out.toFile())
                                .redirectError(err.toFile()),
                        out,
                        err);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw PolicyErrors.unreadable(path.toString(), e);
        }
    }

    private OpaRun run(ProcessBuilder builder, Path out, Path err) throws IOException {
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw PolicyErrors.noAnswer(path.toString(), "it took longer than " + LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PolicyErrors.noAnswer(path.toString(), "a stop interrupted it", e);
        } finally {
            process.destroyForcibly();
        }
        return new OpaRun(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
