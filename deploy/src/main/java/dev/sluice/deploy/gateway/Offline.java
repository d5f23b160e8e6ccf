package dev.sluice.deploy.gateway;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.deploy.embedded.Home;
import dev.sluice.deploy.embedded.HomeLock;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.delta.SparkSessions;
import org.apache.spark.sql.SparkSession;

/** Work on a home that no gateway runs on. */
public final class Offline {

    private Offline() {}

    /**
     * Works all open erasure cases and answers that one.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-110} when a gateway has taken the home meanwhile
     */
    public static ErasureCase work(Home home, ErasureCase filed) {
        try (Resources resources = new Resources()) {
            resources.add(HomeLock.acquire(home));
            Custody custody = resources.add(Custody.open(home));
            Ledger ledger = resources.add(Ledgers.open(home));
            SparkSession spark = SparkSessions.local(home.scratch(), 2);
            resources.add(spark::stop);
            Lake lake = new Lake(home.lake().toString(), "erasure", "");
            new ErasureDesk(custody, new Recorder(ledger), spark, lake).work();
            return ErasureDesk.cases(custody).find(filed.caseId()).orElseThrow();
        }
    }
}
