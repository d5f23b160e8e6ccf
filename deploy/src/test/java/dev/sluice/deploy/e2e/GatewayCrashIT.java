package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.e2e.GatewayKills.Kill;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.masking.control.ControlDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A gateway that is killed with SIGKILL at each named point over a living shop, on one home. Each kill but the first of
 * a row hits a process that goes on after the kill before. The start after a row goes on without help, and the
 * invariants hold each time. {@link GatewayCrashAloneIT} lets every kill be followed by such a start.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GatewayCrashIT extends KilledGateway {

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
    @ParameterizedTest
    @MethodSource("dev.sluice.deploy.e2e.GatewayKills#inARow")
    void goesOnAfterKillsInARow(List<Kill> kills) throws Exception {
        goOnAfter(kills);
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
}
