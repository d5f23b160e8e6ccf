package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.demo.shop.LiveShop;
import dev.sluice.deploy.demo.shop.MalformedRecords;
import dev.sluice.deploy.demo.shop.ShopStory;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.gateway.Gateway;
import dev.sluice.deploy.gateway.GatewayRun;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.lifecycle.Ending;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.ErasureCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A gateway that is killed with SIGKILL at each named point over a living shop, one after the other on one home. The
 * next start goes on without help, and the invariants hold each time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayCrashIT {

    private static final int KILLED = 128 + 9;
    private static final long SEED = 41;
    private static final int TRANSACTIONS = 50;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A short-lived process: the first compiler is enough. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private final Set<String> erased = new TreeSet<>();
    private int malformed;
    private Path folder;
    private EmbeddedRuntime runtime;
    private Pipeline pipeline;
    private Path file;
    private Home home;

    @BeforeAll
    void prepareTheShop(@TempDir Path scratch) throws SQLException {
        folder = scratch;
        Home infrastructure = Home.open(folder.resolve("infrastructure"));
        runtime = EmbeddedRuntime.start(infrastructure);
        try (Connection owner = runtime.postgres().connect(runtime.postgres().owner())) {
            new ShopStory(owner, SEED).prepare();
        }
        pipeline = DemoHome.lay(infrastructure, runtime);
        file = infrastructure.root().resolve("pipeline.yaml");
        home = Home.open(folder.resolve("home"));
    }

    @AfterAll
    void stop() {
        if (runtime != null) {
            runtime.close();
        }
    }

    /**
     * The slot waits for the transaction that the test keeps open, and the engine for the slot. A signal does not wait
     * with them; that capture was left behind is said and is not success.
     */
    @Order(0)
    @Test
    void endsByASignalWhileCaptureWaitsForItsSlot() throws Exception {
        try (Connection owner = runtime.postgres().connect(runtime.postgres().owner());
                Statement statement = owner.createStatement();
                Connection other = runtime.postgres().connect(runtime.postgres().owner());
                Statement watch = other.createStatement();
                CommandProcess gateway = CommandProcess.start(
                        folder,
                        "run",
                        "-f",
                        file.toString(),
                        "--once",
                        "--home",
                        home.root().toString())) {
            owner.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            await().atMost(LIMIT)
                    .until(() -> watch.executeQuery("SELECT 1 FROM pg_stat_activity WHERE backend_type = 'walsender'"
                                    + " AND wait_event = 'transactionid'")
                            .next());

            assertThat(gateway.handle().destroy()).isTrue();

            assertThat(gateway.exitCode(Duration.ofSeconds(30))).isEqualTo(1);
            assertThat(gateway.err()).contains("CDC-042").doesNotContain("\tat ");
            assertThat(HomeLock.isTaken(home)).isFalse();
        }
    }

    @Order(1)
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "CP03:1, the snapshot is in the broker and not acknowledged to the engine",
        "CP03:2, nothing but a sign of life is in the broker",
        "CP04:2, changes are acknowledged and the offset is not stored",
        "CP05:2, the offset is stored and the source not told",
        "CP06:1, a batch is planned and nothing is read",
        "CP10:1, a person's key is made and not stored",
        "CP12:1, latent events are written and no table",
        "CP13:2, one of the tables is written",
        "CP15:3, several tables are written and no ledger",
        "CP16:1, dead letters are written and no table",
        "CP18:2, the ledger leaf of a batch is written and not signed",
        "CP19:2, the ledger is signed and the checkpoint not published",
    })
    void goesOnAfterAKill(String point, String what) throws Exception {
        if (!what.startsWith("the snapshot") && !what.startsWith("nothing")) {
            live(point.startsWith("CP13") ? Duration.ZERO : Duration.ofDays(1));
        }
        if (point.startsWith("CP16")) {
            malformed += MalformedRecords.inject(
                            runtime.kafkaBootstrap(), pipeline.tableTopics().get(0))
                    .size();
        }

        kill(point, "run", "-f", file.toString(), "--once");
        restart();

        Invariants.check(runtime, home, erased, malformed);
    }

    @Order(2)
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "CP22, the key is destroyed and the rows are there, 5",
        "CP23, the rows are deleted and it is not recorded, 9",
    })
    void goesOnErasingAfterAKill(String point, String what, String customer) throws Exception {
        kill(point, "erasure", "submit", "--subject", "customer:" + customer, "--reason", "T-" + customer);
        erased.add(customer);
        live(Duration.ofDays(1));
        restart();

        Invariants.check(runtime, home, erased, malformed);
    }

    /** The ledger knows every position and number, so a start needs no plan that was kept. */
    @Order(3)
    @Test
    void goesOnFromTheLedgerWithoutAKeptPlan() throws Exception {
        long before = new HomeLedger(home).verify().counts().batches();
        try (ControlDatabase control = ControlDatabase.open(home.controlDb())) {
            assertThat(control.<Integer>write(
                            "forget the plan",
                            handle -> handle.execute(
                                    "DELETE FROM gateway_state WHERE name IN ('batch-plan', 'raw-topics')")))
                    .isEqualTo(2);
        }
        live(Duration.ofDays(1));

        restart();

        Invariants.check(runtime, home, erased, malformed);
        assertThat(new HomeLedger(home).verify().counts().batches()).isGreaterThan(before);
    }

    /** Starts again as {@code sluice run --once} does, and waits for erasures that were filed. */
    private void restart() {
        GatewayRun.on(home, new Ending(line -> {}), line -> {}, run -> {
            Gateway gateway = run.open(pipeline, batch -> {});
            gateway.drain(LIMIT);
            await().atMost(LIMIT).until(() -> gateway.erasures().stream()
                    .allMatch(erasure -> erasure.state() == ErasureCase.State.DONE));
            assertThat(gateway.erasures()).hasSize(erased.size());
            return 0;
        });
    }

    /** Lets the shop live for some transactions: every kind, with a truncate, a rollback and a key change. */
    private void live(Duration untilColumns) {
        try (LiveShop shop = LiveShop.start(
                () -> runtime.postgres().connect(runtime.postgres().owner()),
                new LiveShop.Pace(Duration.ofMillis(2), untilColumns))) {
            await().atMost(Duration.ofMinutes(1)).until(() -> shop.played().transactions() >= TRANSACTIONS);
        }
    }

    /** Runs the command in a process of its own that dies at the point. */
    private void kill(String point, String... arguments) throws IOException, InterruptedException {
        List<String> command = Product.command(List.of("-Dsluice.crash.at=" + point, QUICK), arguments);
        command.addAll(List.of("--home", home.root().toString()));
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(KILLED);
    }
}
