package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Plays the scripted demo in a process of its own, once for all test classes of this JVM that look at what it leaves.
 */
final class PlayedDemo implements ParameterResolver {

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
            return new ObjectMapper().readTree(output.get(0));
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
                .computeIfAbsent(Played.class, type -> play(), Played.class);
    }

    private static Played play() {
        try {
            Path folder = Files.createTempDirectory("sluice-played");
            Path home = folder.resolve("home");
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            Process demo = new ProcessBuilder(
                            Product.command(List.of(ALL_COMPILERS), "demo", "--scripted", "--home", home.toString()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            MemoryPeak peak = MemoryPeak.of(demo.toHandle());
            assertThat(demo.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as("the demo ends")
                    .isTrue();
            List<String> output = Files.readAllLines(out);
            assertThat(output).as(Files.readString(err)).isNotEmpty();
            return new Played(home, demo.exitValue(), output, peak.stop());
        } catch (IOException e) {
            throw new IllegalStateException("the demo cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
