package dev.sluice.sinks.deadletter;

import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.commit.CommitLog;
import dev.sluice.sinks.commit.CommitNote;
import dev.sluice.sinks.commit.TableProperties;
import dev.sluice.sinks.commit.TableWriter;
import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.direct.DirectCommit;
import dev.sluice.sinks.direct.DirectTable;
import dev.sluice.sinks.direct.LakeFolders;
import dev.sluice.sinks.intake.IntakeRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes the one table of dead letters of the lake. The id of a dead letter is the identity of its record, {@code
 * topic-partition-offset@topicId}, because a topic that was made again counts its offsets from 0. The payload is
 * sealed before the dead letter reaches this class. The key is the treated key of the row, where the key could be read
 * and treated. {@code batch_id} is the batch that read the record, {@code rejected_by} the one that rejected the record
 * last, {@code bytes} the size of the payload. A batch is written once; a replay that rejects other records corrects
 * the dead letters of the earlier run. Thread-safe.
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
            .add("batch_id", DataTypes.StringType)
            .add("key", DataTypes.StringType)
            .add("rejected_by", DataTypes.StringType)
            .add("bytes", DataTypes.LongType);

    /** The columns without the payload, which may be large. */
    public static final StructType WITHOUT_PAYLOAD = without("payload");

    /** What a replay reads of a letter. */
    public static final StructType SEALED = new StructType()
            .add("id", DataTypes.StringType)
            .add("since", DataTypes.TimestampType)
            .add("payload", DataTypes.BinaryType)
            .add("rejected_by", DataTypes.StringType);

    static final int ID = 0;
    static final int SINCE = 1;
    static final int OUTPUT = 2;
    static final int DATASET = 3;
    static final int CODE = 5;
    static final int BATCH = 10;
    static final int REJECTED_BY = 12;

    private static final Map<String, String> PROPERTIES =
            TableProperties.of("id,since,output,dataset,stage,code,batch_id", false);

    private final TableWriter writer;
    private final DirectAccess access;
    private final TableWriter.Target target;
    private final Lake lake;

    /**
     * Names the topics whose records are settled, because a table has the batch already and its commit counts them.
     *
     * @param topics topics all of whose records such a commit counts
     * @param letters number of dead letters among these records
     */
    public record Answered(Set<String> topics, long letters) {
        public Answered {
            topics = Set.copyOf(topics);
        }
    }

    /** The dead letters of a lake. */
    public DeadLetterTable(TableWriter writer, DirectAccess access, Lake lake) {
        this.writer = writer;
        this.access = access;
        this.target =
                new TableWriter.Target(lake.location(Lake.DEAD_LETTERS), Lake.DEAD_LETTERS + "/" + lake.consumer());
        this.lake = lake;
    }

    /**
     * Writes the dead letters of the batch as this run rejects them, in one commit. Adds the missing dead letters, and
     * removes those of an earlier run whose record this run does not reject. Makes no commit when nothing differs. The
     * dead letters of settled topics stay as the earlier run wrote them.
     *
     * @param intake rows of {@link IntakeRows} of the kind {@link IntakeRows#DEAD}
     * @return empty when the batch has no dead letters
     * @throws dev.sluice.sinks.SinkException {@code SNK-017} when a table took a record in an earlier run of the batch
     *     that is a dead letter now
     */
    public Optional<Receipt.DeadLetterCommit> write(BatchPlan batch, List<Row> intake, Answered answered) {
        List<Row> open = intake.stream()
                .filter(row -> !answered.topics().contains(row.getString(IntakeRows.TOPIC)))
                .toList();
        if (batch.isReplay()) {
            return rejectedAgain(batch, open, answered);
        }
        Optional<CommitLog.Found> found = writer.alreadyWritten(target, batch);
        if (found.isEmpty() && open.isEmpty()) {
            return Optional.empty();
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<Row> rows = open.stream().map(row -> row(row, now, batch)).toList();
        CommitNote note = note(batch, rows.size() + answered.letters());
        CommitLog.Found commit =
                found.isEmpty() ? first(batch, note, rows) : again(batch, found.get(), note, rows, answered);
        long count = note.counts().deadLettered();
        return count == 0
                ? Optional.empty()
                : Optional.of(new Receipt.DeadLetterCommit(Lake.DEAD_LETTERS, commit.version(), count));
    }

    /**
     * A letter stays one letter when its record is rejected again; only why and by which batch changes. A letter that
     * an earlier run of the replay has rejected and this run accepts is taken back to the batch that read its record.
     */
    private Optional<Receipt.DeadLetterCommit> rejectedAgain(BatchPlan batch, List<Row> open, Answered answered) {
        long count = open.size() + answered.letters();
        if (count == 0 && writer.alreadyWritten(target, batch).isEmpty()) {
            return Optional.empty();
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<Row> rows = open.stream().map(row -> row(row, now, batch)).toList();
        refuseApplied(batch, rows);
        CommitLog.Found commit = new RejectedAgain(writer, access, target, lake.consumer(), batch)
                .write(note(batch, count), rows, answered.topics());
        return count == 0
                ? Optional.empty()
                : Optional.of(new Receipt.DeadLetterCommit(Lake.DEAD_LETTERS, commit.version(), count));
    }

    private CommitLog.Found first(BatchPlan batch, CommitNote note, List<Row> rows) {
        refuseApplied(batch, rows);
        return append(batch, note, rows);
    }

    private CommitLog.Found again(
            BatchPlan batch, CommitLog.Found before, CommitNote note, List<Row> rows, Answered answered) {
        EarlierRun earlier = EarlierRun.of(writer, access, target, lake.consumer(), batch.id());
        List<Row> missing = earlier.missing(rows);
        Set<String> surplus = earlier.surplus(rows, answered.topics());
        if (missing.isEmpty() && surplus.isEmpty()) {
            return before;
        }
        refuseApplied(batch, missing);
        return earlier.correct(note, missing, surplus);
    }

    /**
     * A record that a table shows must not become a dead letter as well. When the batch holds no change of a dataset
     * any more, the earlier steps have not read the table of that dataset, so all tables are read here.
     */
    private void refuseApplied(BatchPlan batch, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Set<String> taken = new LakeFolders(lake.root(), access.conf())
                .of(lake.folder()).stream()
                        .map(path -> new TableWriter.Target(lake.location(path), path))
                        .flatMap(table -> writer.alreadyWritten(table, batch).stream())
                        .flatMap(commit -> commit.note().topics().stream())
                        .collect(Collectors.toSet());
        for (Row row : rows) {
            if (taken.contains(row.getString(DATASET))) {
                throw SinkErrors.changedFate(batch.id(), row.getString(ID));
            }
        }
    }

    private CommitLog.Found append(BatchPlan batch, CommitNote note, List<Row> rows) {
        Optional<DirectTable> table = access.open(target.location());
        if (access.allowed(target.location(), table, SCHEMA)) {
            DirectCommit commit = access.commit(target.location(), new DirectCommit.Columns(SCHEMA, PROPERTIES));
            return writer.writeDirectly(
                    target,
                    batch.id(),
                    note,
                    id -> commit.append(
                            table, rows, new DirectCommit.Stamp(id, batch.id().number(), note.text())));
        }
        return writer.write(target, batch.id(), note, scope -> {
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

    private CommitNote note(BatchPlan batch, long letters) {
        Counts counts = Counts.ofOthers(0, 0, letters);
        return CommitNote.of(batch, target.table(), counts);
    }

    private Row row(Row from, Instant now, BatchPlan batch) {
        return RowFactory.create(
                IntakeRows.letterId(from),
                now,
                lake.consumer(),
                from.getString(IntakeRows.TOPIC),
                from.getString(IntakeRows.STAGE),
                from.getString(IntakeRows.CODE),
                from.getString(IntakeRows.DETAIL),
                from.get(IntakeRows.SUBJECT),
                from.get(IntakeRows.PAYLOAD),
                from.getString(IntakeRows.SEALED_BY),
                batch.id().text(),
                from.get(IntakeRows.KEY),
                batch.id().text(),
                (long) from.<byte[]>getAs(IntakeRows.PAYLOAD).length);
    }

    private static StructType without(String column) {
        return new StructType(Arrays.stream(SCHEMA.fields())
                .filter(field -> !field.name().equals(column))
                .toArray(StructField[]::new));
    }
}
