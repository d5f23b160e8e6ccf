package dev.sluice.deploy.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The stream as files: a folder of Parquet files for each batch, with the columns of Spark's Kafka source. Two topic
 * partitions, a key always in the same one; after every delete comes its tombstone.
 */
final class Recording {

    private static final int PARTITIONS = 2;
    private static final int ROWS_IN_FILE = 25_000;
    private static final StructType KAFKA = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType)
            .add("timestampType", DataTypes.IntegerType)
            .add(
                    "headers",
                    DataTypes.createArrayType(
                            new StructType().add("key", DataTypes.StringType).add("value", DataTypes.BinaryType)));

    private final SparkSession spark;
    private final Path folder;
    private final Wire wire;
    private final long[] offsets = new long[PARTITIONS];
    private final List<List<Row>> buffers = List.of(new ArrayList<>(), new ArrayList<>());

    Recording(SparkSession spark, Path folder, Wire wire) {
        this.spark = spark;
        this.folder = folder;
        this.wire = wire;
    }

    /** The batch of that number as the Kafka source would hand it over, for a session. */
    Dataset<Row> batch(SparkSession session, int number) {
        return session.read().schema(KAFKA).parquet(place(number));
    }

    /** Adds a change to the batch of that number. */
    void add(int number, Change change) {
        byte[] key = wire.key(change);
        put(number, change, key, wire.value(change));
        if (change.op().equals("d")) {
            put(number, change, key, null);
        }
    }

    /** Ends the batch of that number. */
    void end(int number) {
        buffers.forEach(rows -> write(number, rows));
    }

    private void put(int number, Change change, byte[] key, byte @Nullable [] value) {
        int partition = (int) (change.id() % PARTITIONS);
        Instant arrived = Instant.EPOCH.plus(change.place().committedMicros() / 1_000 + 45, ChronoUnit.MILLIS);
        List<Row> rows = buffers.get(partition);
        rows.add(RowFactory.create(key, value, Wire.TOPIC, partition, offsets[partition]++, arrived, 0, null));
        if (rows.size() == ROWS_IN_FILE) {
            write(number, rows);
        }
    }

    private void write(int number, List<Row> rows) {
        if (!rows.isEmpty()) {
            spark.createDataFrame(List.copyOf(rows), KAFKA)
                    .coalesce(1)
                    .write()
                    .mode(SaveMode.Append)
                    .parquet(place(number));
            rows.clear();
        }
    }

    private String place(int number) {
        return folder.resolve("batch-" + number).toString();
    }
}
