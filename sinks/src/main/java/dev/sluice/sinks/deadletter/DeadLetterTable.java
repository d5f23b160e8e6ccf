package dev.sluice.sinks.deadletter;

import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.commit.CommitLog;
import dev.sluice.sinks.commit.CommitNote;
import dev.sluice.sinks.commit.TableProperties;
import dev.sluice.sinks.commit.TableWriter;
import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.direct.DirectCommit;
import dev.sluice.sinks.direct.DirectTable;
import dev.sluice.sinks.intake.IntakeRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The one table of dead letters of the lake. A dead letter's id is its coordinates, {@code topic-partition-offset}; the
 * payload is sealed before it comes here. A batch is written once. Thread-safe.
 */
public final class DeadLetterTable {

    /** The columns. */
    public static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.StringType)
            .add("since", DataTypes.TimestampType)
            .add("output", DataTypes.StringType)
            .add("dataset", DataTypes.StringType)
            .add("stage", DataTypes.StringType)
            .add("code", DataTypes.StringType)
            .add("detail", DataTypes.StringType)
            .add("subject", DataTypes.StringType)
            .add("payload", DataTypes.BinaryType)
            .add("key_id", DataTypes.StringType)
            .add("batch_id", DataTypes.StringType);

    private static final Map<String, String> PROPERTIES =
            TableProperties.of("id,since,output,dataset,stage,code,batch_id", false);

    private final TableWriter writer;
    private final DirectAccess access;
    private final TableWriter.Target target;
    private final String output;

    /** The dead letters of a lake. */
    public DeadLetterTable(TableWriter writer, DirectAccess access, Lake lake) {
        this.writer = writer;
        this.access = access;
        this.target =
                new TableWriter.Target(lake.location(Lake.DEAD_LETTERS), Lake.DEAD_LETTERS + "/" + lake.consumer());
        this.output = lake.consumer();
    }

    /**
     * Appends the dead letters of a batch, if its commit is not there already.
     *
     * @param intake rows of {@link IntakeRows} of the kind {@link IntakeRows#DEAD}
     */
    public Receipt.DeadLetterCommit write(BatchId batch, List<Row> intake) {
        CommitLog.Found found = writer.alreadyWritten(target, batch).orElseGet(() -> append(batch, intake));
        return new Receipt.DeadLetterCommit(
                Lake.DEAD_LETTERS, found.version(), found.note().counts().deadLettered());
    }

    private CommitLog.Found append(BatchId batch, List<Row> intake) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<Row> rows = intake.stream().map(row -> row(row, now, batch)).toList();
        Counts counts = Counts.ofOthers(0, 0, rows.size());
        CommitNote note =
                new CommitNote(1, batch.generation(), batch.number(), target.table(), counts, List.of(), List.of());
        Optional<DirectTable> table = access.open(target.location());
        if (access.allowed(target.location(), table, SCHEMA)) {
            DirectCommit commit = access.commit(target.location(), new DirectCommit.Columns(SCHEMA, PROPERTIES));
            return writer.writeDirectly(
                    target,
                    batch,
                    note,
                    id -> commit.append(table, rows, new DirectCommit.Stamp(id, batch.number(), note.text())));
        }
        return writer.write(target, batch, note, scope -> {
            DataFrameWriter<Row> add = scope.session()
                    .createDataFrame(rows, SCHEMA)
                    .coalesce(1)
                    .write()
                    .format("delta")
                    .options(scope.options())
                    .mode("append");
            (table.isPresent() ? add : add.options(PROPERTIES)).save(target.location());
        });
    }

    private Row row(Row from, Instant now, BatchId batch) {
        String topic = from.getString(IntakeRows.TOPIC);
        return RowFactory.create(
                topic + "-" + from.getInt(IntakeRows.PARTITION) + "-" + from.getLong(IntakeRows.OFFSET),
                now,
                output,
                topic,
                from.getString(IntakeRows.STAGE),
                from.getString(IntakeRows.CODE),
                from.getString(IntakeRows.DETAIL),
                from.get(IntakeRows.SUBJECT),
                from.get(IntakeRows.PAYLOAD),
                from.getString(IntakeRows.SEALED_BY),
                batch.text());
    }
}
