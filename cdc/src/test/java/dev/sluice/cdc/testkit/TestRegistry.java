package dev.sluice.cdc.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real schema registry server (Apicurio, in memory) as a child process. Thread-safe. */
public final class TestRegistry implements AutoCloseable {
    private final Process process;
    private final int port;

    private TestRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the server that the build unpacked and waits until it answers. */
    public static TestRegistry start() {
        int port = FreePorts.next();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            Path log = Files.createTempFile("sluice-registry", ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            java.toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            runner().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
            builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
            builder.environment().put("APICURIO_STORAGE_KIND", "sql");
            builder.environment().put("APICURIO_STORAGE_SQL_KIND", "h2");
            builder.environment().put("APICURIO_DATASOURCE_URL", "jdbc:h2:mem:registry;DB_CLOSE_DELAY=-1");
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            TestRegistry registry = new TestRegistry(process, port);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(4))
                    .failFast("the registry ended, see " + log, () -> !process.isAlive())
                    .until(registry::answers);
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Base address of the Confluent REST API. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
    }

    private boolean answers() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/subjects"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Path runner() throws IOException {
        for (Path folder : List.of(Path.of("target/registry"), Path.of("../cdc/target/registry"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    return files.filter(file -> file.toString().endsWith("-runner.jar"))
                            .findFirst()
                            .orElseThrow()
                            .toAbsolutePath();
                }
            }
        }
        throw new IllegalStateException("no target/registry: the cdc build unpacks it before its tests run");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
