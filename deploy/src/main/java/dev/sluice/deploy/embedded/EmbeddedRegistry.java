package dev.sluice.deploy.embedded;

import dev.sluice.deploy.embedded.process.Child;
import dev.sluice.deploy.embedded.process.Leash;
import dev.sluice.deploy.embedded.process.Ports;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeErrors;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A schema registry server (Apicurio) as a child JVM: loopback only, schemas in a database file of its own, the
 * Confluent REST API under {@link #address()}.
 */
final class EmbeddedRegistry {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Leash LEASH = new Leash("TERM", Duration.ofSeconds(3));
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Home home;
    private final Installation installation;
    private final int port;

    private EmbeddedRegistry(Home home, Installation installation, int port) {
        this.home = home;
        this.installation = installation;
        this.port = port;
    }

    static EmbeddedRegistry prepare(Home home, Installation installation) {
        return new EmbeddedRegistry(
                home, installation, Ports.remembered(home.registry().resolve("port")));
    }

    /** Base address of the Confluent REST API. */
    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
    }

    /** Launches the server, waits until it answers, sets the compatibility level for every subject to BACKWARD. */
    Child start() {
        Path scratch = home.scratch().resolve("registry");
        try {
            Files.createDirectories(scratch);
        } catch (IOException e) {
            throw HomeErrors.folder(scratch, e);
        }
        List<String> command = new ArrayList<>(List.of(Installation.java(), "-Dsluice.child=registry", "-Xmx200m"));
        command.addAll(StartArchive.flags(installation, Part.REGISTRY));
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                // It answers a few calls a minute: the second compiler would cost more than it gives.
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=" + home.logs().resolve("registry-crash.log"),
                "-Djava.io.tmpdir=" + scratch,
                "-jar",
                installation.registryJar().toString()));
        Child child = Child.launch(new Child.Spec(
                Part.REGISTRY.label(),
                command,
                environment(),
                home.registry(),
                home.logs().resolve("registry.log"),
                StartArchive.leash(LEASH)));
        child.awaitReady(() -> call("GET", "/subjects", "") == 200, START);
        requireBackwardCompatibility(child);
        return child;
    }

    /** A machine under load may not answer the first call in time; only an answer counts. */
    private void requireBackwardCompatibility(Child child) {
        AtomicInteger status = new AtomicInteger();
        child.awaitReady(
                () -> {
                    status.set(call("PUT", "/config", "{\"compatibility\":\"BACKWARD\"}"));
                    return status.get() != 0;
                },
                START);
        if (status.get() != 200) {
            child.stop();
            throw EmbeddedErrors.registryRefused(status.get());
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "QUARKUS_HTTP_ACCESS_LOG_ENABLED",
                "false",
                "APICURIO_STORAGE_KIND",
                "sql",
                "APICURIO_STORAGE_SQL_KIND",
                "h2",
                // Without WRITE_DELAY=0 the database answers before it has written: under kill -9 it lost 12 of 15
                // registered schemas, with it none of 24.
                "APICURIO_DATASOURCE_URL",
                "jdbc:h2:file:" + home.registry().resolve("schemas") + ";WRITE_DELAY=0");
    }

    /** Status of the answer, 0 when there is none. */
    private int call(String method, String path, String body) {
        try {
            HttpURLConnection http =
                    (HttpURLConnection) URI.create(address() + path).toURL().openConnection();
            http.setConnectTimeout(TIMEOUT_MILLIS);
            http.setReadTimeout(TIMEOUT_MILLIS);
            http.setRequestMethod(method);
            if (!body.isEmpty()) {
                http.setDoOutput(true);
                http.setRequestProperty("Content-Type", "application/vnd.schemaregistry.v1+json");
                http.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            int status = http.getResponseCode();
            http.disconnect();
            return status;
        } catch (IOException notYet) {
            return 0;
        }
    }
}
