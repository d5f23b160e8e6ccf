package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.masking.control.ControlDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A gateway that is killed with SIGKILL at each named point over a living shop, on one home. Each kill but the first of
 * a row hits a process that goes on after the kill before. The start after a row goes on without help, and the
 * invariants hold then. {@link GatewayCrashAloneIT} lets every kill be followed by such a start.
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
    @Test
    void goesOnAfterKillsInARow() throws Exception {
        goOnAfter(GatewayKills.inARow());
    }

    /** The ledger knows every position and number, so a start needs no plan that was kept. */
    @Order(2)
    @Test
    void goesOnAfterKillsOfErasuresFromTheLedgerWithoutAKeptPlan() throws Exception {
        kill(GatewayKills.ofErasures());
        long before = new HomeLedger(home).verify().counts().batches();
        try (ControlDatabase control = ControlDatabase.open(home.controlDb())) {
            assertThat(control.<Integer>write(
                            "forget the plan",
                            handle -> handle.execute(
                                    "DELETE FROM gateway_state WHERE name IN ('batch-plan', 'raw-topics')")))
                    .isEqualTo(2);
        }
        live(Duration.ofDays(1));

        goOn();

        assertThat(new HomeLedger(home).verify().counts().batches()).isGreaterThan(before);
    }
}
