package dev.sluice.sinks.layout;

import dev.sluice.cdc.event.Origin;
import dev.sluice.sinks.commit.TableProperties;
import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.history.Image;
import dev.sluice.sinks.history.Provenance;
import dev.sluice.sinks.intake.RowCodec;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Describes the table of the latent events of all datasets and consumers: events that change nothing, versions of no
 * width, removals without a version, parked events, and truncates (with a null key). Batches only add rows; only an
 * erasure deletes rows.
 */
public final class LatentTable {

    public static final StructType SCHEMA = new StructType()
            .add("output", DataTypes.StringType)
            .add("dataset", DataTypes.StringType)
            .add("key", DataTypes.StringType)
            .add("seq", DataTypes.StringType)
            .add("committed_at", DataTypes.TimestampType)
            .add("op", DataTypes.StringType)
            .add("image", DataTypes.BinaryType)
            .add("subject", DataTypes.StringType)
            .add("event_id", DataTypes.StringType)
            .add("transaction", DataTypes.StringType)
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("schema_id", DataTypes.IntegerType)
            .add("plan_id", DataTypes.StringType)
            .add("batch_id", DataTypes.StringType)
            .add("moved_from", DataTypes.StringType)
            .add("moved_to", DataTypes.StringType)
            .add("written_by", DataTypes.StringType)
            .add("topic_id", DataTypes.StringType);

    public static final int DATASET = 1;
    public static final int KEY = 2;
    public static final int SEQ = 3;

    private LatentTable() {}

    /**
     * Holds what a row states besides its event.
     *
     * @param output the consumer whose plans treated the image
     * @param dataset safe name of the dataset
     * @param batch the batch that writes the row, which need not be the one that brought the event
     */
    public record RowContext(String output, String dataset, String batch) implements Serializable {}

    public static Map<String, String> properties() {
        return TableProperties.of("output,dataset,seq,committed_at,op", false);
    }

    /** The latent events of a consumer. */
    public static Dataset<Row> of(SparkSession session, String location, String output) {
        return session.read()
                .format("delta")
                .load(location)
                .filter(functions.col("output").equalTo(output));
    }

    public static Row row(RowContext context, @Nullable String key, Event event) {
        Provenance from = event.provenance();
        Image image = event.image();
        return RowFactory.create(
                context.output(),
                context.dataset(),
                key,
                event.seq(),
                VersionRows.instant(event.committedAt()),
                event.op().code(),
                image == null ? null : RowCodec.encode(image),
                event.subject(),
                from.eventId(),
                from.transaction(),
                from.origin().topic(),
                from.origin().partition(),
                from.origin().offset(),
                from.schemaId(),
                from.planId(),
                from.batch(),
                from.movedFrom(),
                from.movedTo(),
                context.batch(),
                from.origin().topicId());
    }

    public static Event event(Row row) {
        Provenance provenance = new Provenance(
                row.getString(8),
                row.getString(9),
                new Origin(row.getString(10), row.getString(19), row.getInt(11), row.getLong(12), 0L),
                row.getInt(13),
                row.getString(14),
                row.getString(15),
                text(row, 16),
                text(row, 17));
        return new Event(
                row.getString(SEQ),
                VersionRows.micros(row.get(4)),
                VersionRows.op(row.getString(5)),
                row.isNullAt(6) ? null : RowCodec.decode(row.getAs(6)),
                text(row, 7),
                provenance);
    }

    private static @Nullable String text(Row row, int column) {
        return row.isNullAt(column) ? null : row.getString(column);
    }
}
