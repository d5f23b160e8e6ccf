package dev.sluice.sinks.deadletter;

import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.commit.CommitLog;
import dev.sluice.sinks.commit.CommitNote;
import dev.sluice.sinks.commit.TableProperties;
import dev.sluice.sinks.commit.TableWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The one table of dead letters of the lake. A dead letter's id is its coordinates, {@code topic-partition-offset}; the
 * payload is sealed before it comes here. A batch is written once. Thread-safe.
 */
public final class DeadLetterTable {

    private final TableWriter writer;
    private final TableWriter.Target target;
    private final String output;

    /** The dead letters of a lake. */
    public DeadLetterTable(TableWriter writer, Lake lake) {
        this.writer = writer;
        this.target =
                new TableWriter.Target(lake.location(Lake.DEAD_LETTERS), Lake.DEAD_LETTERS + "/" + lake.consumer());
        this.output = lake.consumer();
    }

    /**
     * Appends the dead letters of a batch.
     *
     * @param count how many there are
     * @param intake gives rows of {@code IntakeRows}, other kinds among them, for a session
     */
    public Receipt.DeadLetterCommit write(
            BatchId batch, long count, java.util.function.Function<SparkSession, Dataset<Row>> intake) {
        CommitLog.Found found = writer.alreadyWritten(target, batch).orElseGet(() -> append(batch, count, intake));
        return new Receipt.DeadLetterCommit(
                Lake.DEAD_LETTERS, found.version(), found.note().counts().deadLettered());
    }

    private CommitLog.Found append(
            BatchId batch, long count, java.util.function.Function<SparkSession, Dataset<Row>> intake) {
        CommitNote note = new CommitNote(
                1,
                batch.generation(),
                batch.number(),
                target.table(),
                Counts.ofOthers(0, 0, count),
                List.of(),
                List.of());
        Map<String, String> properties = TableProperties.of("id,since,output,dataset,stage,code,batch_id", false);
        boolean exists = writer.log(target).exists();
        return writer.write(target, batch, note, session -> {
            DataFrameWriter<Row> rows = intake.apply(session)
                    .filter(functions.col("kind").equalTo("DEAD"))
                    .select(columns(batch))
                    .coalesce(1)
                    .write()
                    .format("delta")
                    .mode("append");
            (exists ? rows : rows.options(properties)).save(target.location());
        });
    }

    private Column[] columns(BatchId batch) {
        return new Column[] {
            functions
                    .concat_ws("-", functions.col("topic"), functions.col("partition"), functions.col("offset"))
                    .as("id"),
            functions.lit(Instant.now()).as("since"),
            functions.lit(output).as("output"),
            functions.col("topic").as("dataset"),
            functions.col("stage"),
            functions.col("code"),
            functions.col("detail"),
            functions.col("subject"),
            functions.col("payload"),
            functions.col("sealed_by").as("key_id"),
            functions.lit(batch.text()).as("batch_id")
        };
    }
}
