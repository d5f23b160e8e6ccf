package dev.sluice.deploy.letter;

import dev.sluice.audit.ledger.Ledger;
import dev.sluice.cdc.decode.DecodeSettings;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.line.LineSettings;
import dev.sluice.deploy.line.RecordLine;
import dev.sluice.deploy.line.Stages;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import dev.sluice.sinks.delta.DeltaSinks;
import dev.sluice.sinks.delta.SparkSessions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A home whose ledger and lake hold dead letters of two topics, made by the line from records that are no envelope. */
final class LetterHome {

    static final String CUSTOMERS = "shop.public.customers";
    static final String ORDERS = "shop.public.orders";

    private static final StructType KAFKA = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType)
            .add(
                    "headers",
                    DataTypes.createArrayType(
                            new StructType().add("key", DataTypes.StringType).add("value", DataTypes.BinaryType)));

    private LetterHome() {}

    /** Makes the home: three letters of customers, two of orders; two codes. */
    static Home make(Path folder) {
        Home home = Home.open(folder);
        LineSettings settings = new LineSettings(
                DecodeSettings.of("shop"),
                RegistrySettings.at(URI.create("http://127.0.0.1:1")),
                new Pipeline.Policy(DemoHome.samplePolicy(), "lake-analytics", null));
        SparkSession spark = SparkSessions.local(home.scratch(), 2);
        try (Custody custody = Custody.open(home);
                Ledger ledger = new HomeLedger(home).open();
                Stages stages = Stages.open(settings, custody, plan -> {})) {
            List<Row> rows = new ArrayList<>();
            rows.addAll(records(CUSTOMERS, 9, 9, 0));
            rows.addAll(records(ORDERS, 9, 0));
            BatchPlan plan = new BatchPlan(new BatchId("g1", 0), List.of(range(CUSTOMERS, 3), range(ORDERS, 2)));
            DeltaSinks sinks = new DeltaSinks(spark, new Lake(home.lake().toString(), "lake-analytics", ""));
            ledger.record(sinks.write(plan, spark.createDataFrame(rows, KAFKA), RecordLine.over(spark, stages)));
        } finally {
            spark.stop();
        }
        return home;
    }

    /** Records that are one byte long: the wrong magic byte, or a frame that ends too early. */
    private static List<Row> records(String topic, int... bytes) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            byte[] value = {(byte) bytes[i], 0, 0, 0, 0};
            rows.add(RowFactory.create(
                    new byte[] {9}, bytes[i] == 0 ? new byte[] {0} : value, topic, 0, (long) i, Instant.now(), null));
        }
        return rows;
    }

    private static SourceRange range(String topic, long until) {
        return new SourceRange(new SourcePartition(topic, "id", 0), 0, until);
    }
}
