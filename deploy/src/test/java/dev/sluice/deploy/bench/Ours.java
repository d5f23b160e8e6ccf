package dev.sluice.deploy.bench;

import dev.sluice.cdc.decode.DecodeSettings;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.deploy.gateway.BatchHandler;
import dev.sluice.deploy.home.Home;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The product as it runs: decode, decide and protect with the sample policy, keys of its own and of every person, the
 * sinks and the ledger. Only capture, broker and the stream around them are left out.
 */
final class Ours implements Variant, AutoCloseable {

    private final SparkSession spark;
    private final BatchHandler handler;
    private final String table;

    Ours(Home home, SparkSession spark, RegistrySettings registry, Path policy) {
        this.spark = spark;
        this.handler = BatchHandler.open(home, spark, registry, policy, DecodeSettings.of(Wire.SOURCE));
        DatasetId customers = new DatasetId(Wire.SOURCE, "public", "customers");
        Lake lake = new Lake(home.lake().toString(), "lake-analytics", "");
        this.table = lake.location(lake.tablePath(customers));
    }

    @Override
    public String name() {
        return "ours";
    }

    @Override
    public SparkSession session() {
        return spark;
    }

    /** Takes a batch; a record that ended elsewhere than in the table stops the run, for it would not be compared. */
    @Override
    public void take(int number, Dataset<Row> kafka) {
        Counts now = handler.take(number, kafka).counts();
        if (now.in() != now.applied() + now.filtered()) {
            throw new IllegalStateException("batch " + number + " was not applied whole: " + now);
        }
    }

    @Override
    public Dataset<Row> history() {
        return spark.read()
                .format("delta")
                .load(table)
                .selectExpr(
                        "id",
                        "unix_micros(valid_from) AS valid_from",
                        "unix_micros(valid_to) AS valid_to",
                        "is_current",
                        "unix_micros(CAST(updated_at AS TIMESTAMP)) AS updated_at");
    }

    @Override
    public void close() {
        handler.close();
    }
}
