package dev.sluice.deploy.batch;

import dev.sluice.cdc.event.Origin;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.deadletter.OpenLetters;
import dev.sluice.sinks.intake.GuardedIntake;
import dev.sluice.sinks.query.DeadLetterView.SealedRecord;
import dev.sluice.sinks.query.GovernedTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the dead letters of a plan from the lake, in the form of Spark's Kafka source. The value of each record is
 * the sealed payload, so that no clear text is in a Spark row; {@code RecordLine.ofLetters} opens the payload. A
 * letter that an erasure has deleted since is left out. A plan bounds the bytes of its letters.
 *
 * @param spark session of the gateway
 * @param tables the lake
 * @param open says which letters are open; no record of another letter is read
 */
public record LetterRecords(SparkSession spark, GovernedTables tables, OpenLetters.Judge open) {

    private static final StructType HEADER =
            new StructType().add("key", DataTypes.StringType).add("value", DataTypes.BinaryType);

    private static final StructType KAFKA = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType)
            .add("headers", DataTypes.createArrayType(HEADER))
            .add(GuardedIntake.TOPIC_ID, DataTypes.StringType);

    /** The frame over the letters of the plan. */
    public Dataset<Row> of(BatchPlan plan) {
        List<Row> rows = new ArrayList<>();
        tables.sealedRecords(Set.copyOf(plan.letters()), letter -> {
            if (open.isOpen(letter.id(), letter.batch())) {
                Origin.ofIdentity(letter.id()).ifPresent(at -> rows.add(row(letter, at)));
            }
        });
        return spark.createDataFrame(rows, KAFKA);
    }

    private static Row row(SealedRecord letter, Origin at) {
        return RowFactory.create(
                null, letter.payload(), at.topic(), at.partition(), at.offset(), letter.since(), null, at.topicId());
    }
}
