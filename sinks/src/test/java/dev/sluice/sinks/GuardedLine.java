package dev.sluice.sinks;

import dev.sluice.cdc.event.RawRecord;
import dev.sluice.masking.Guarded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A line whose raw records hold the guarded ones already, and a frame of such records shaped like the Kafka source's. */
public final class GuardedLine implements Line {

    private static final long serialVersionUID = 1L;

    private static final StructType HEADER =
            new StructType().add("key", DataTypes.StringType).add("value", DataTypes.BinaryType);

    private static final StructType KAFKA = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType)
            .add("timestampType", DataTypes.IntegerType)
            .add("headers", DataTypes.createArrayType(HEADER));

    @Override
    public List<Guarded> guard(List<RawRecord> chunk) {
        return chunk.stream().map(record -> read(record.value())).toList();
    }

    public static Dataset<Row> frame(SparkSession session, List<? extends Guarded> records) {
        List<Row> rows = records.stream()
                .map(g -> RowFactory.create(
                        null,
                        bytes(g),
                        g.origin().topic(),
                        g.origin().partition(),
                        g.origin().offset(),
                        Instant.ofEpochMilli(g.origin().timestampMillis()),
                        0,
                        null))
                .toList();
        return session.createDataFrame(rows, KAFKA);
    }

    private static byte[] bytes(Guarded guarded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(guarded);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static Guarded read(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Guarded) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
