package dev.sluice.sinks.delta;

import dev.sluice.cdc.event.CrashPoint;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.Line;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.TableCommit;
import dev.sluice.sinks.commit.TableWriter;
import dev.sluice.sinks.deadletter.DeadLetterTable;
import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.intake.BatchSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches into the governed history tables and the dead letters of one output, each batch once.
 *
 * <ol>
 *   <li>The line guards the batch; its rows are kept, so that it runs once.
 *   <li>Datasets whose table has the batch already are left alone. For each other one the stored state of the
 *   affected keys is read and the difference computed; nothing is written yet.
 *   <li>Latent events are remembered, in one commit.
 *   <li>Dead letters are appended, in one commit. Before the tables: a table that has the batch is never asked again
 *   about a record that was quarantined, so by then it must be safe. A replay that rejects other records than the run
 *   that died did (the policy has changed) corrects them, as long as no table has answered for their topic.
 *   <li>Each table gets its difference, in one commit.
 * </ol>
 *
 * <p>Between any two of these steps the process may die: the replay of the batch gives the same tables and the same
 * receipt. Guarantee: exactly one commit per table and batch; a table is touched only when the batch changes it. One
 * writer per output; not for use by several threads at once.
 */
public final class DeltaSinks {

    private final SparkSession session;
    private final Lake lake;
    private final Options options;
    private final TableWriter writer;
    private final DirectAccess access;
    private final DeadLetterTable deadLetters;

    /**
     * How much is done where.
     *
     * @param driverRows up to so many records, the arithmetic runs on the driver
     * @param parallelTables tables that are read or written at once
     * @param directBytes up to so many bytes, a table on a local disk is written without Spark; less than 0 for never
     */
    public record Options(int driverRows, int parallelTables, long directBytes) {
        /** Fit for a machine of two to four cores. */
        public static final Options DEFAULT = new Options(20_000, 2, 64L << 20);
    }

    /** Sinks of an output. The session must have the settings of {@link SparkSessions}. */
    public DeltaSinks(SparkSession session, Lake lake, Options options) {
        this.session = session;
        this.lake = lake;
        this.options = options;
        this.writer = new TableWriter(session);
        this.access = new DirectAccess(session.sparkContext().hadoopConfiguration(), options.directBytes());
        this.deadLetters = new DeadLetterTable(writer, access, lake);
    }

    /** Sinks with {@link Options#DEFAULT}. */
    public DeltaSinks(SparkSession session, Lake lake) {
        this(session, lake, Options.DEFAULT);
    }

    /**
     * Writes a batch.
     *
     * @param batch says what the frame holds
     * @param kafka frame of Spark's Kafka source with {@code includeHeaders=true}
     * @param line the stages before the sinks
     * @throws dev.sluice.sinks.SinkException when the batch cannot be written whole; it must then be replayed
     */
    public Receipt write(BatchPlan batch, Dataset<Row> kafka, Line line) {
        try (BatchFrame frame = BatchFrame.read(kafka, line, batch.id(), options.driverRows())) {
            BatchTables tables = new BatchTables(session, lake, access, frame, batch);
            List<DatasetWork> work = tables.work(writer, options.parallelTables());
            try {
                return write(batch, frame, work);
            } finally {
                work.forEach(DatasetWork::release);
            }
        }
    }

    private Receipt write(BatchPlan batch, BatchFrame frame, List<DatasetWork> work) {
        BatchSummary summary = frame.summary();
        // Before anything is written: records outside the plan and parts that do not add up must not change any table.
        summary.requirePlanned(batch);
        Counts counts = counts(summary, work);
        new LatentWriter(lake, access, writer).write(batch, work);
        CrashPoint.reached("CP12");
        List<Row> rejected = summary.deadLetters() == 0 ? List.of() : frame.deadLetters();
        Receipt.@Nullable DeadLetterCommit dead =
                deadLetters.write(batch, rejected, answered(work)).orElse(null);
        CrashPoint.reached("CP16");
        List<TableCommit> commits = writeTables(batch, work);
        return new Receipt(batch.id(), batch.ranges(), counts, summary.seen(), commits, dead);
    }

    private static DeadLetterTable.Answered answered(List<DatasetWork> work) {
        Set<String> topics = new HashSet<>();
        long letters = 0;
        for (DatasetWork dataset : work) {
            if (dataset.isDone()) {
                topics.addAll(dataset.topics());
                letters += dataset.counts().deadLettered();
            }
        }
        return new DeadLetterTable.Answered(topics, letters);
    }

    private List<TableCommit> writeTables(BatchPlan batch, List<DatasetWork> work) {
        List<Callable<Optional<TableCommit>>> steps = new ArrayList<>();
        for (DatasetWork dataset : work) {
            steps.add(() -> {
                CrashPoint.reached("CP13");
                Optional<TableCommit> commit = dataset.write(writer, batch);
                CrashPoint.reached("CP15");
                return commit;
            });
        }
        return InParallel.run(batch.id(), options.parallelTables(), steps).stream()
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(TableCommit::dataset))
                .toList();
    }

    /** What became of all records: of those with a table as its work says, of the others as the batch says. */
    private static Counts counts(BatchSummary summary, List<DatasetWork> work) {
        Counts sum = Counts.NONE;
        Set<String> answered = new HashSet<>();
        for (DatasetWork dataset : work) {
            sum = sum.plus(dataset.counts());
            answered.addAll(dataset.topics());
        }
        for (String topic : summary.topics()) {
            sum = answered.contains(topic) ? sum : sum.plus(summary.others(topic));
        }
        return new Counts(
                summary.records(),
                sum.applied(),
                sum.duplicate(),
                sum.filtered(),
                sum.suppressed(),
                sum.deadLettered(),
                sum.parked());
    }
}
