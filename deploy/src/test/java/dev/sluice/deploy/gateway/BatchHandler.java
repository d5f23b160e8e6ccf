package dev.sluice.deploy.gateway;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.cdc.decode.DecodeSettings;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.lifecycle.Steps;
import dev.sluice.deploy.line.LineSettings;
import dev.sluice.deploy.line.RecordLine;
import dev.sluice.deploy.line.Stages;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Line;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.delta.DeltaSinks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What {@link Batches} does with a batch, on a home, without a stream around it: line, sinks, ledger. */
public final class BatchHandler implements AutoCloseable {

    /** A recorded stream has two partitions, and a plan names the records that the batch may hold. */
    private static final List<SourceRange> EVERYTHING = IntStream.range(0, 2)
            .mapToObj(partition ->
                    new SourceRange(new SourcePartition("shop.public.customers", "bench", partition), 0, 1L << 40))
            .toList();

    private final Steps steps = new Steps(line -> {});
    private final Line line;
    private final DeltaSinks sinks;
    private final Ledger ledger;

    private BatchHandler(Home home, LineSettings settings, SparkSession spark, Lake lake) {
        Custody custody = steps.open("keys", "keys", () -> Custody.open(home));
        this.ledger = steps.open("ledger", "ledger", () -> new HomeLedger(home).open());
        Stages stages = steps.open("policy", "policy", () -> Stages.open(settings, custody, ledger::activate));
        this.line = RecordLine.over(spark, stages);
        this.sinks = new DeltaSinks(spark, lake);
    }

    /** Opens keys, ledger and stages of that home. */
    public static BatchHandler open(
            Home home, SparkSession spark, RegistrySettings registry, Path policy, DecodeSettings decode) {
        String consumer = "lake-analytics";
        LineSettings settings = new LineSettings(decode, registry, new Pipeline.Policy(policy, consumer, null));
        return new BatchHandler(home, settings, spark, new Lake(home.lake().toString(), consumer, ""));
    }

    /** Writes and records a batch. */
    public Receipt take(long number, Dataset<Row> kafka) {
        Receipt receipt = sinks.write(new BatchPlan(new BatchId("bench", number), EVERYTHING), kafka, line);
        return ledger.record(receipt).receipt();
    }

    @Override
    public void close() {
        steps.close();
    }
}
