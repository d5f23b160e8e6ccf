package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The demo as the README tells it: it stays alive, answers from another shell, stops whole, and goes on. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveDemoIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final String READY = "Ctrl-C stops every part";
    private static final int BY_CTRL_C = 130;
    private static final Pattern BATCH = Pattern.compile("(?m)^batch \\d+: +\\d+ in +\\d+ applied .*leaf \\d+$");
    private static final Pattern STEP = Pattern.compile("(?m)^ \\d\\. .+ \\d+\\.\\d s$");

    @TempDir
    private static Path folder;

    private static Path home;
    private static CommandProcess demo;

    @BeforeAll
    static void start() throws IOException {
        home = folder.resolve("home");
        demo = CommandProcess.start(folder, "demo", "--home", home.toString());
        demo.awaitErr(READY);
    }

    @AfterAll
    static void end() {
        demo.close();
    }

    @Test
    @Order(1)
    void tellsItsStepsAndEveryBatch() {
        await().atMost(LONG).until(() -> BATCH.matcher(demo.err()).results().count() >= 3);

        assertThat(STEP.matcher(demo.err()).results().count()).isGreaterThanOrEqualTo(4);
        assertThat(demo.out()).isEmpty();
    }

    @Test
    @Order(2)
    void theShopIsAlive() {
        long first = status().at("/in").asLong();

        await().atMost(LONG).until(() -> status().at("/in").asLong() > first);

        assertThat(status().at("/gateway").asText()).isEqualTo("running");
        assertThat(status().at("/state").asText()).isEqualTo("STREAMING");
    }

    @Test
    @Order(3)
    void answersFromAnotherProcess() {
        JsonNode tables = Cli.json("table", "list", "--home", home);
        JsonNode history = Cli.json("table", "history", "customers", "--key", 7, "--home", home);
        JsonNode record = Cli.json("lineage", "record", "customers", "--key", 7, "--column", "email", "--home", home);

        assertThat(tables).hasSize(6);
        assertThat(history).isNotEmpty();
        assertThat(record.toString()).contains("email-pseudonym");
        assertThat(Cli.run("dlq", "list", "--home", home).code()).isZero();
        JsonNode verified = Cli.json("audit", "verify", "--home", home);
        assertThat(verified.at("/verified").asBoolean()).as(verified.toString()).isTrue();
    }

    @Test
    @Order(4)
    void erasesAPersonWhileItRuns() {
        Cli filed = Cli.run(
                "erasure", "submit", "--subject", "customer:7", "--reason", "T-1", "-o", "json", "--home", home);
        String caseId = filed.json().at("/case").asText();

        assertThat(filed.code()).isZero();
        await().atMost(LONG).until(() -> Cli.json("erasure", "status", caseId, "--home", home)
                .at("/state")
                .asText()
                .equals("DONE"));
        assertThat(Cli.json("table", "history", "customers", "--key", 7, "--home", home))
                .isEmpty();
        assertThat(Cli.json("erasure", "status", "--home", home)).hasSize(1);
    }

    @Test
    @Order(5)
    void stopsEveryPartAtCtrlC() throws IOException {
        Set<ProcessHandle> children = demo.handle().descendants().collect(Collectors.toSet());
        assertThat(children).hasSizeGreaterThanOrEqualTo(3);

        demo.signal("INT");

        assertThat(demo.exitCode(STOP)).as(demo.err()).isEqualTo(BY_CTRL_C);
        await().atMost(STOP).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(HomeLock.isTaken(Home.open(home))).isFalse();
        JsonNode status = status();
        assertThat(status.at("/gateway").asText()).isEqualTo("stopped");
        assertThat(Cli.json("audit", "verify", "--home", home).at("/verified").asBoolean())
                .isTrue();
    }

    @Test
    @Order(6)
    void goesOnAtTheNextStart() throws IOException {
        long before = status().at("/in").asLong();
        long batches = status().at("/batches").asLong();
        try (CommandProcess again = CommandProcess.start(folder, "demo", "--home", home.toString())) {
            again.awaitErr("batch " + batches + ":");
            again.awaitErr(READY);
            Set<ProcessHandle> children = again.handle().descendants().collect(Collectors.toSet());

            assertThat(again.handle().destroy()).isTrue();

            assertThat(again.exitCode(STOP)).as(again.err()).isZero();
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
        assertThat(status().at("/in").asLong()).isGreaterThan(before);
        assertThat(Cli.json("audit", "verify", "--home", home).at("/verified").asBoolean())
                .isTrue();
        assertThat(Cli.json("table", "history", "customers", "--key", 7, "--home", home))
                .isEmpty();
        assertThat(CanaryScan.of(home).findings()).isEmpty();
    }

    private static JsonNode status() {
        return Cli.json("status", "--home", home);
    }
}
