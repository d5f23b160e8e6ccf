package dev.sluice.deploy.gateway;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.cdc.decode.DecodeSettings;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.deploy.embedded.Home;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Line;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.delta.DeltaSinks;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What {@link Batches} does with a batch, on a home, without a stream around it: line, sinks, ledger. */
public final class BatchHandler implements AutoCloseable {

    private final Resources resources = new Resources();
    private final Line line;
    private final DeltaSinks sinks;
    private final Recorder recorder;

    private BatchHandler(Home home, LineSpec spec, DeltaSinks sinks) {
        Custody custody = resources.add(Custody.open(home));
        Ledger ledger = resources.add(Ledgers.open(home));
        resources.add(Stages.open(spec, custody, ledger::activate));
        this.line = new GovernedLine(spec);
        this.sinks = sinks;
        this.recorder = new Recorder(ledger);
    }

    /** Opens keys, ledger and stages of that home. */
    public static BatchHandler open(
            Home home, SparkSession spark, RegistrySettings registry, Path policy, DecodeSettings decode) {
        String consumer = "lake-analytics";
        LineSpec spec = new LineSpec(
                decode,
                registry,
                new LineSpec.PolicySpec(policy.toFile(), consumer, null),
                home.keys().toFile(),
                home.controlDb().toFile());
        return new BatchHandler(
                home, spec, new DeltaSinks(spark, new Lake(home.lake().toString(), consumer, "")));
    }

    /** Writes and records a batch. */
    public Receipt take(long number, Dataset<Row> kafka) {
        Receipt receipt = sinks.write(new BatchId("bench", number), kafka, line);
        return recorder.record(receipt).receipt();
    }

    @Override
    public void close() {
        resources.close();
    }
}
