package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.home.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that stops to answer pauses the gateway, and nothing has to be done when the broker answers again. */
class PausedGatewayIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static EmbeddedRuntime runtime;
    private static ForeignConnect connect;

    @BeforeAll
    static void fill() throws IOException, InterruptedException, ExecutionException {
        runtime = EmbeddedRuntime.start(Home.open(folder.resolve("elsewhere")), EnumSet.of(Part.KAFKA, Part.REGISTRY));
        connect = new ForeignConnect(runtime);
        connect.committed(() -> connect.create(connect.customer(1, "Porto", "cnry00000001")));
    }

    @AfterAll
    static void stop() {
        connect.close();
        runtime.close();
    }

    @Test
    void goesOnByItselfAfterAnOutageOfTheBroker() throws IOException, InterruptedException {
        Path pipeline = ForeignConnect.pipeline(folder, runtime, "100ms", 1000);
        Path home = folder.resolve("home");
        try (CommandProcess gateway =
                CommandProcess.start(folder, "run", "-f", pipeline.toString(), "--home", home.toString())) {
            gateway.awaitErr("The pipeline shop is running");
            await().atMost(LONG).until(() -> status(home).at("/applied").asLong() == 1);

            signal("STOP");
            try {
                await().atMost(LONG).until(() -> state(home).equals("PAUSED"));
                JsonNode paused = status(home);
                assertThat(paused.at("/gateway").asText()).isEqualTo("running");
                assertThat(paused.at("/reason").asText()).startsWith("DEP-302 The broker at ");
                assertThat(gateway.handle().isAlive()).isTrue();
            } finally {
                signal("CONT");
            }
            await().atMost(LONG).until(() -> state(home).equals("STREAMING"));
            connect.committed(() -> connect.create(connect.customer(2, "Faro", "cnry00000002")));

            await().atMost(LONG).until(() -> status(home).at("/applied").asLong() == 2);
            assertThat(gateway.handle().destroy()).isTrue();
            assertThat(gateway.exitCode(Duration.ofSeconds(30)))
                    .as(gateway.err())
                    .isZero();
        }
        assertThat(Cli.json("audit", "verify", "--home", home).at("/verified").asBoolean())
                .isTrue();
    }

    private static String state(Path home) {
        return status(home).at("/state").asText();
    }

    private static JsonNode status(Path home) {
        return Cli.json("status", "--home", home);
    }

    /** Sends the signal to the broker. A stopped process holds its connections and answers nothing. */
    private static void signal(String name) throws IOException, InterruptedException {
        long broker = ProcessHandle.current()
                .descendants()
                .filter(child -> commandLine(child).contains("-Dsluice.child=kafka"))
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(broker))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
