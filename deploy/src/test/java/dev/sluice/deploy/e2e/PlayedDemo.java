package dev.sluice.deploy.e2e;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Plays the scripted demo in a process of its own, once for all test classes of this build that look at what it leaves.
 * Each JVM has a copy. The system property {@code sluice.played} names a folder of the build; without one, this JVM plays
 * for itself.
 */
final class PlayedDemo implements ParameterResolver {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOLD = "told.json";
    private static final int MINUTES = 10;

    /** Every compiler, as at a user's: the memory is measured. */
    private static final String ALL_COMPILERS = "-XX:TieredStopAtLevel=4";

    /**
     * What it left.
     *
     * @param home its home, at rest
     * @param exitCode its exit code
     * @param output its standard output, line by line
     * @param peakBytes most memory that all its processes held together
     */
    record Played(Path home, int exitCode, List<String> output, long peakBytes) implements AutoCloseable {

        /** The JSON object that it printed. */
        JsonNode summary() throws IOException {
            return JSON.readTree(output.get(0));
        }

        @Override
        public void close() throws IOException {
            Folders.delete(home.getParent());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Played.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // Maven executes one class after the other; what belongs to one execution ends with that class.
        return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(PlayedDemo.class))
                .computeIfAbsent(Played.class, type -> copy(), Played.class);
    }

    /** A copy of what is played once for all JVMs of this build. */
    private static Played copy() {
        try {
            Path own = Files.createTempDirectory("sluice-played");
            String given = System.getProperty("sluice.played", "");
            Path build = Files.createDirectories(given.isEmpty() ? own.resolve("build") : Path.of(given));
            Told told;
            try (FileChannel turn = FileChannel.open(build.resolveSibling("turn"), CREATE, WRITE);
                    FileLock held = turn.lock()) {
                assertThat(held.isValid()).isTrue();
                if (!Files.exists(build.resolve(TOLD))) {
                    forgetOtherBuilds(build);
                    JSON.writeValue(build.resolve(TOLD).toFile(), play(build));
                }
                told = JSON.readValue(build.resolve(TOLD).toFile(), Told.class);
            }
            Folders.copy(build.resolve("home"), own.resolve("home"));
            return new Played(own.resolve("home"), told.exitCode(), told.output(), told.peakBytes());
        } catch (IOException e) {
            throw new IllegalStateException("the demo cannot be started", e);
        }
    }

    private static void forgetOtherBuilds(Path build) throws IOException {
        try (Stream<Path> builds = Files.list(build.resolveSibling("."))) {
            for (Path other : builds.filter(Files::isDirectory).toList()) {
                if (!other.getFileName().equals(build.getFileName())) {
                    Folders.delete(other);
                }
            }
        }
    }

    /** What the demo told, for a JVM that did not play it. */
    private record Told(int exitCode, List<String> output, long peakBytes) {}

    private static Told play(Path folder) throws IOException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        String home = folder.resolve("home").toString();
        Process demo = new ProcessBuilder(Product.command(List.of(ALL_COMPILERS), "demo", "--scripted", "--home", home))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        MemoryPeak peak = MemoryPeak.of(demo.toHandle());
        try {
            assertThat(demo.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as("the demo ends")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        List<String> output = Files.readAllLines(out);
        assertThat(output).as(Files.readString(err)).isNotEmpty();
        return new Told(demo.exitValue(), output, peak.stop());
    }
}
