package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.GatewayState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One gateway works on a home; it ends well when it is asked to, and the next one goes on where it stopped. */
class OneGatewayIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofMinutes(2);
    private static final int CUSTOMERS = 300;
    private static final int ROUNDS = 15;

    @TempDir
    private static Path folder;

    private static EmbeddedRuntime runtime;
    private static Path home;
    private static Path pipeline;
    private static long written;

    @BeforeAll
    static void fill() throws IOException, InterruptedException, ExecutionException {
        runtime = EmbeddedRuntime.start(Home.open(folder.resolve("elsewhere")), EnumSet.of(Part.KAFKA, Part.REGISTRY));
        try (ForeignConnect connect = new ForeignConnect(runtime)) {
            connect.committed(() -> live(connect));
            written = connect.written();
        }
        home = folder.resolve("home");
        pipeline = ForeignConnect.pipeline(folder, runtime, "1ms", 1000);
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private static void live(ForeignConnect connect) {
        List<GenericData.Record> rows = new ArrayList<>();
        for (int id = 0; id < CUSTOMERS; id++) {
            rows.add(connect.customer(id, "city 0", "cnry00000001"));
            connect.create(rows.get(id));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            for (int id = 0; id < CUSTOMERS; id++) {
                GenericData.Record after = connect.customer(id, "city " + round, "cnry00000001");
                connect.update(rows.set(id, after), after);
            }
        }
    }

    @Test
    void refusesASecondOneEndsInTheMiddleOfABatchAndGoesOn() throws IOException {
        Set<ProcessHandle> children;
        try (CommandProcess gateway = CommandProcess.start(folder, run())) {
            gateway.awaitErr("The pipeline shop is running");
            assertRefused(gateway, run());
            assertRefused(gateway, "demo", "--home", home.toString());
            children = gateway.handle().descendants().collect(Collectors.toSet());
            await("a batch is at hand that follows others")
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> plannedNumber() > 0);

            assertThat(gateway.handle().destroy()).isTrue();

            assertThat(gateway.exitCode(STOP)).as(gateway.err()).isZero();
            assertThat(gateway.out()).isEmpty();
            assertThat(gateway.err()).contains("the batch at hand is finished first");
        }
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(HomeLock.isTaken(Home.open(home))).isFalse();
        long applied = status("applied");
        assertThat(applied).isPositive().isLessThan(written);
        assertSound();

        Cli next = Cli.run("run", "-f", pipeline, "--home", home, "--once", "--limit", "90");
        assertThat(next.code()).as(next.err()).isZero();

        assertThat(status("in")).isEqualTo(written);
        assertThat(status("applied")).isEqualTo(written);
        assertSound();
        JsonNode versions = Cli.json("table", "history", "customers", "--key", CUSTOMERS - 1, "--home", home);
        assertThat(versions).hasSize(ROUNDS + 1);
        assertThat(versions.at("/" + ROUNDS + "/city").asText()).isEqualTo("city " + ROUNDS);
    }

    private static void assertRefused(CommandProcess holder, String... arguments) {
        Cli second = Cli.run((Object[]) arguments);
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.out()).isEmpty();
        assertThat(second.err())
                .contains("DEP-110")
                .contains("pid " + holder.handle().pid())
                .contains(home.toString())
                .doesNotContain("\tat ");
        assertThat(holder.handle().isAlive()).isTrue();
    }

    private static void assertSound() {
        JsonNode verified = Cli.json("audit", "verify", "--home", home);
        assertThat(verified.at("/verified").asBoolean()).as(verified.toString()).isTrue();
    }

    private static long status(String field) {
        return Cli.json("status", "--home", home).at("/" + field).asLong();
    }

    private static String[] run() {
        return new String[] {"run", "-f", pipeline.toString(), "--home", home.toString()};
    }

    /** The number of the batch that was planned last; -1 when there is none. */
    private static long plannedNumber() throws IOException {
        Path file = Home.existing(home).controlDb();
        if (!Files.exists(file)) {
            return -1;
        }
        try (ControlDatabase control = ControlDatabase.openReadOnly(file)) {
            Optional<String> plan = new GatewayState(control).value("batch-plan");
            return plan.isEmpty()
                    ? -1
                    : JSON.readTree(plan.get()).path("number").asLong();
        }
    }
}
