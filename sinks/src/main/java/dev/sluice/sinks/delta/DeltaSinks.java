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
import dev.sluice.sinks.deadletter.OpenLetters;
import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.intake.BatchSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches into the governed history tables and the dead letters of one consumer, each batch once.
 *
 * <ol>
 *   <li>The line guards the batch. The guarded rows are kept, so that the line runs once.
 *   <li>Datasets whose table has the batch already are left alone. For each other dataset, the sinks read the stored
 *       state of the affected keys and compute the difference. Nothing is written yet.
 *   <li>Latent events are stored, in one commit.
 *   <li>Dead letters are stored, in one commit. The dead letters come before the tables, because a replay leaves out
 *       the dead letters of a topic when a table has the batch already. A replay that rejects other records than the
 *       earlier run, after a change of the policy, corrects the dead letters of every topic that no table has settled.
 *   <li>Each table gets its difference, in one commit.
 * </ol>
 *
 * <p>The process may die between any two of these steps: the replay of the batch under the same policy and keys gives
 * the same tables and the same receipt. Guarantee: a batch makes at most one commit in a history table, and none in a
 * table that the batch does not change. A replay under another policy may make one more commit in the tables of latent
 * events and dead letters. One writer for each consumer; not for use by several threads at once.
 */
public final class DeltaSinks {

    /** Fewer dead letters say nothing about the whole dataset. */
    private static final int LEAST_DEAD = 100;

    private final SparkSession session;
    private final Lake lake;
    private final Options options;
    private final TableWriter writer;
    private final DirectAccess access;
    private final DeadLetterTable deadLetters;
    private final OpenLetters open;
    private final UnreadableRuns runs;

    /**
     * Sets the limits up to which the sinks work on the driver and without Spark.
     *
     * @param driverRows largest number of rows of a batch whose difference is computed on the driver; a larger batch is
     *     computed in Spark tasks
     * @param parallelTables tables that are read or written at once
     * @param directBytes largest size, in bytes, of a table on a local disk that is written without Spark; less than 0
     *     for never
     * @param deadLetterPercent a dataset of which more than this share of a batch, and at least {@value #LEAST_DEAD}
     *     records, would be dead letters is refused with {@code SNK-020}, and one of which no record in a row can be
     *     read with {@code SNK-021}; 100 for never
     */
    public record Options(int driverRows, int parallelTables, long directBytes, int deadLetterPercent) {
        /** The limits for a machine of two to four cores: 20,000 rows, 2 tables, 64 MiB, any share of dead letters. */
        public static final Options DEFAULT = new Options(20_000, 2, 64L << 20);

        /** Limits that accept any share of dead letters. */
        public Options(int driverRows, int parallelTables, long directBytes) {
            this(driverRows, parallelTables, directBytes, 100);
        }

        /** The same limits with that share of dead letters. */
        public Options withDeadLetterPercent(int percent) {
            return new Options(driverRows, parallelTables, directBytes, percent);
        }
    }

    /** Sinks of a consumer. The session must have the settings of {@link SparkSessions}. */
    public DeltaSinks(SparkSession session, Lake lake, Options options) {
        this(session, lake, options, OpenLetters.Judge.ALL_OPEN);
    }

    /**
     * Sinks of a consumer whose dead letters an operator replays and discards.
     *
     * @param judge says which letters are still open
     */
    public DeltaSinks(SparkSession session, Lake lake, Options options, OpenLetters.Judge judge) {
        this(session, lake, options, judge, new UnreadableRuns());
    }

    private DeltaSinks(SparkSession session, Lake lake, Options options, OpenLetters.Judge judge, UnreadableRuns runs) {
        this.runs = runs;
        this.session = session;
        this.lake = lake;
        this.options = options;
        this.writer = new TableWriter(session);
        this.access = new DirectAccess(session.sparkContext().hadoopConfiguration(), options.directBytes());
        this.deadLetters = new DeadLetterTable(writer, access, lake);
        this.open = new OpenLetters(lake, access, judge);
    }

    /**
     * Makes sinks that know only what is on disk, and go on counting unreadable records where others have stopped.
     *
     * @param judge says which dead letters are still open, where an operator replays and discards them
     */
    public static Supplier<DeltaSinks> series(
            SparkSession session, Lake lake, Options options, OpenLetters.Judge judge) {
        UnreadableRuns runs = new UnreadableRuns();
        return () -> new DeltaSinks(session, lake, options, judge, runs);
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
     * @throws dev.sluice.sinks.SinkException when the batch cannot be written whole; the batch must then be replayed
     */
    public Receipt write(BatchPlan batch, Dataset<Row> kafka, Line line) {
        try (BatchFrame frame = BatchFrame.read(kafka, line, batch, options.driverRows())) {
            BatchTables tables = new BatchTables(session, lake, access, frame.knowing(open, batch), batch);
            List<DatasetWork> work = tables.work(writer, options.parallelTables());
            try {
                return write(batch, frame, work);
            } finally {
                work.forEach(DatasetWork::release);
            }
        }
    }

    /** Says what {@link #write} would change, and writes nothing. */
    public BatchPreview preview(BatchPlan batch, Dataset<Row> kafka, Line line) {
        try (BatchFrame frame = BatchFrame.read(kafka, line, batch, options.driverRows())) {
            List<DatasetWork> work =
                    new BatchTables(session, lake, access, frame.knowing(open, batch), batch).work(writer, 1);
            try {
                frame.summary().requirePlanned(batch);
                return new BatchPreview(
                        counts(frame.summary(), work),
                        work.stream()
                                .flatMap(dataset -> dataset.intervals(session).stream())
                                .sorted(Comparator.comparing(BatchPreview.IntervalChange::table)
                                        .thenComparing(BatchPreview.IntervalChange::key)
                                        .thenComparing(BatchPreview.IntervalChange::seq))
                                .toList(),
                        frame.deadLetters().stream()
                                .map(BatchPreview::rejection)
                                .toList());
            } finally {
                work.forEach(DatasetWork::release);
            }
        }
    }

    private Receipt write(BatchPlan batch, BatchFrame frame, List<DatasetWork> work) {
        BatchSummary summary = frame.summary();
        // Before anything is written: records outside the plan and parts that do not add up must not change any table.
        summary.requirePlanned(batch);
        if (!batch.isReplay()) {
            requireGood(summary);
        }
        Counts counts = counts(summary, work);
        new LatentWriter(lake, access, writer).write(batch, work);
        CrashPoint.reached("CP12");
        List<Row> rejected = summary.deadLetters() == 0 ? List.of() : frame.deadLetters();
        Receipt.@Nullable DeadLetterCommit dead =
                deadLetters.write(batch, rejected, answered(work)).orElse(null);
        CrashPoint.reached("CP16");
        List<TableCommit> commits = writeTables(batch, work);
        if (!batch.isReplay()) {
            runs.written(summary);
        }
        return new Receipt(batch.id(), batch.ranges(), counts, summary.seen().endingAt(batch.cut()), commits, dead);
    }

    /** Refuses a batch that is mostly dead letters; a replay reads dead letters only. */
    private void requireGood(BatchSummary summary) {
        if (options.deadLetterPercent() < 100) {
            runs.require(summary);
        }
        summary.requireMostlyGood(LEAST_DEAD, options.deadLetterPercent());
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
