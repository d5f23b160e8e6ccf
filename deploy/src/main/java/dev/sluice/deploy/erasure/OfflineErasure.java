package dev.sluice.deploy.erasure;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.lifecycle.Steps;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.delta.SparkSessions;
import org.apache.spark.sql.SparkSession;

/**
 * Works erasure cases on a home on which no gateway runs.
 *
 * @param home the home
 */
public record OfflineErasure(Home home) {

    private static final int CORES = 2;

    /**
     * Works all open cases and answers that case.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-110} when a gateway has taken the home meanwhile
     */
    public ErasureCase work(ErasureCase filed) {
        try (Steps steps = new Steps(line -> {})) {
            steps.open("lock", "the home is locked", () -> HomeLock.acquire(home));
            Custody custody = steps.open("keys", "the keys are open", () -> Custody.open(home));
            Ledger ledger = steps.open("ledger", "the ledger is open", () -> new HomeLedger(home).open());
            SparkSession spark = steps.step("spark", "Spark is up", () -> SparkSessions.local(home.scratch(), CORES));
            steps.onClose("spark", spark::stop);
            // The output of the lake does not matter: a person is erased from every table below the lake.
            Lake lake = new Lake(home.lake().toString(), "erasure", "");
            new ErasureDesk(custody, ledger, ErasureDesk.tables(spark, lake)).work();
            return new ErasureRequests(custody).cases().find(filed.caseId()).orElseThrow();
        }
    }
}
