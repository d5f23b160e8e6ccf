package dev.sluice.deploy.embedded;

import dev.sluice.deploy.embedded.process.Child;
import dev.sluice.deploy.embedded.process.Leash;
import dev.sluice.deploy.embedded.process.Ports;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeErrors;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    /**
     * Launches the server and waits until it answers. No level of compatibility is set: every record is read by the
     * schema that wrote it, so a table may change in any way.
     */
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
        child.awaitReady(this::answers, START);
        return child;
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

    /** Whether the server answers. */
    private boolean answers() {
        try {
            HttpURLConnection http = (HttpURLConnection)
                    URI.create(address() + "/subjects").toURL().openConnection();
            http.setConnectTimeout(TIMEOUT_MILLIS);
            http.setReadTimeout(TIMEOUT_MILLIS);
            int status = http.getResponseCode();
            http.disconnect();
            return status == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
