package dev.sluice.sinks.delta;

import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.history.HistoryDelta;
import dev.sluice.sinks.history.MissingEvent;
import dev.sluice.sinks.intake.HistoryEventCodec;
import dev.sluice.sinks.intake.IntakeRows;
import dev.sluice.sinks.intake.VersionCodec;
import dev.sluice.sinks.layout.HistoryTable;
import dev.sluice.sinks.layout.LatentTable;
import dev.sluice.sinks.layout.VersionRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Computes a difference in Spark tasks, each of which takes one key after the other. Fit for batches that the driver
 * cannot hold, such as those of a snapshot, and for truncates of tables that Spark reads.
 */
final class SparkReconciliation implements Reconciled {

    /** What a piece is: an arriving event, a remembered event, a stored version. */
    private static final int ARRIVING = 0;

    private static final int REMEMBERED = 1;
    private static final int STORED = 2;

    /** What an answer is: a version, a removal, a latent event, the counts of a task. */
    private static final int UPSERT = 0;

    private static final int REMOVE = 1;
    private static final int LATENT = 2;
    private static final int TALLY = 3;

    private static final StructType PIECE = new StructType()
            .add("key", DataTypes.StringType)
            .add("kind", DataTypes.IntegerType)
            .add("payload", DataTypes.BinaryType);

    private static final StructType ANSWER = new StructType()
            .add("kind", DataTypes.IntegerType)
            .add("key", DataTypes.StringType)
            .add("seq", DataTypes.StringType)
            .add("payload", DataTypes.BinaryType)
            .add("counts", DataTypes.createArrayType(DataTypes.LongType));

    private final HistoryTable table;
    private final LatentTable.RowContext context;
    private final Dataset<Row> answers;
    private final ChangeTally tally;

    private SparkReconciliation(HistoryTable table, LatentTable.RowContext context, Dataset<Row> answers) {
        this.table = table;
        this.context = context;
        this.answers = answers.persist();
        this.tally = count(this.answers);
    }

    /**
     * What holds for all keys of a dataset.
     *
     * @param truncates all truncates of the dataset
     * @param missing events that are dead letters, by key
     */
    record Knowledge(List<Event> truncates, Map<String, List<MissingEvent>> missing) {}

    /** Runs the arithmetic over pieces of one dataset. */
    static Reconciled of(HistoryTable table, LatentTable.RowContext context, Dataset<Row> pieces, Knowledge known) {
        List<byte[]> encoded =
                known.truncates().stream().map(HistoryEventCodec::encode).toList();
        Dataset<Row> answers = pieces.repartition(functions.col("key"))
                .sortWithinPartitions("key")
                .mapPartitions(new Arithmetic(new ArrayList<>(encoded), known.missing()), Encoders.row(ANSWER));
        return new SparkReconciliation(table, context, answers);
    }

    /** Arriving changes, rows of {@link IntakeRows}, as pieces. */
    static Dataset<Row> arriving(Dataset<Row> changes) {
        return changes.select(functions.col("key"), functions.lit(ARRIVING).as("kind"), functions.col("payload"));
    }

    /** Rows of the latent table as pieces. */
    static Dataset<Row> remembered(Dataset<Row> latent) {
        return pieces(
                latent,
                row -> RowFactory.create(
                        row.getString(LatentTable.KEY), REMEMBERED, HistoryEventCodec.encode(LatentTable.event(row))));
    }

    /** Rows of the history table as pieces. */
    static Dataset<Row> stored(HistoryTable table, Dataset<Row> versions) {
        VersionRows codec = new VersionRows(table.columns());
        return pieces(
                versions,
                row -> RowFactory.create(
                        row.getString(codec.keyColumn()), STORED, VersionCodec.encode(codec.version(row))));
    }

    private static Dataset<Row> pieces(Dataset<Row> rows, MapFunction<Row, Row> piece) {
        return rows.map(piece, Encoders.row(PIECE));
    }

    @Override
    public ChangeTally tally() {
        return tally;
    }

    @Override
    public Dataset<Row> rows(SparkSession session) {
        VersionRows codec = new VersionRows(table.columns());
        FilterFunction<Row> wanted = row -> row.getInt(0) == UPSERT || row.getInt(0) == REMOVE;
        return answers.filter(wanted)
                .map(
                        (MapFunction<Row, Row>) row -> row.getInt(0) == REMOVE
                                ? codec.removal(row.getString(1), row.getString(2))
                                : codec.row(row.getString(1), VersionCodec.decode(row.getAs(3))),
                        Encoders.row(table.columns().schema()));
    }

    @Override
    public Dataset<Row> latent(SparkSession session) {
        LatentTable.RowContext at = context;
        FilterFunction<Row> wanted = row -> row.getInt(0) == LATENT;
        return answers.filter(wanted)
                .map(
                        (MapFunction<Row, Row>)
                                row -> LatentTable.row(at, row.getString(1), HistoryEventCodec.decode(row.getAs(3))),
                        Encoders.row(LatentTable.SCHEMA));
    }

    @Override
    public void release() {
        answers.unpersist();
    }

    private static ChangeTally count(Dataset<Row> answers) {
        ChangeTally tally = ChangeTally.NONE;
        for (Row row :
                answers.filter((FilterFunction<Row>) r -> r.getInt(0) == TALLY).collectAsList()) {
            List<Long> n = row.getList(4);
            tally = tally.plus(new ChangeTally(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5)));
        }
        return tally;
    }

    /** Reads pieces sorted by key and answers key by key; the last row of a task is its tally. */
    private static final class Arithmetic implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1L;
        private final List<byte[]> truncates;
        private final HashMap<String, List<MissingEvent>> missing = new HashMap<>();

        Arithmetic(List<byte[]> truncates, Map<String, List<MissingEvent>> missing) {
            this.truncates = truncates;
            missing.forEach((key, events) -> this.missing.put(key, new ArrayList<>(events)));
        }

        @Override
        public Iterator<Row> call(Iterator<Row> pieces) {
            List<Event> decoded =
                    truncates.stream().map(HistoryEventCodec::decode).toList();
            return new KeyByKey(pieces, new Knowledge(decoded, missing));
        }
    }

    private static final class KeyByKey implements Iterator<Row> {
        private final Iterator<Row> pieces;
        private final Knowledge known;
        private Iterator<Row> ready = Collections.emptyIterator();
        private ChangeTally tally = ChangeTally.NONE;
        private boolean done;
        private List<Row> ahead = new ArrayList<>();

        KeyByKey(Iterator<Row> pieces, Knowledge known) {
            this.pieces = pieces;
            this.known = known;
        }

        @Override
        public boolean hasNext() {
            while (!ready.hasNext() && !done) {
                ready = nextKey();
            }
            return ready.hasNext();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException();
            }
            return ready.next();
        }

        private Iterator<Row> nextKey() {
            List<Row> group = ahead;
            ahead = new ArrayList<>();
            while (pieces.hasNext() && ahead.isEmpty()) {
                Row piece = pieces.next();
                boolean same = group.isEmpty()
                        || piece.getString(0).equals(group.get(0).getString(0));
                (same ? group : ahead).add(piece);
            }
            if (group.isEmpty()) {
                done = true;
                return List.of(answer(TALLY, null, null, null)).iterator();
            }
            return answers(group).iterator();
        }

        private List<Row> answers(List<Row> group) {
            String key = group.get(0).getString(0);
            KeyWork work = new KeyWork();
            for (Row piece : group) {
                byte[] payload = piece.getAs(2);
                switch (piece.getInt(1)) {
                    case ARRIVING -> work.arriving.add(HistoryEventCodec.decode(payload));
                    case REMEMBERED -> work.remembered.add(HistoryEventCodec.decode(payload));
                    default -> work.stored.add(VersionCodec.decode(payload));
                }
            }
            work.missing.addAll(known.missing().getOrDefault(key, List.of()));
            HistoryDelta delta = work.apply(known.truncates());
            tally = tally.plus(work.tally(delta));
            List<Row> rows = new ArrayList<>();
            delta.upserts().forEach(v -> rows.add(answer(UPSERT, key, v.seq(), VersionCodec.encode(v))));
            delta.removals().forEach(seq -> rows.add(answer(REMOVE, key, seq, null)));
            delta.latent().forEach(e -> rows.add(answer(LATENT, key, e.seq(), HistoryEventCodec.encode(e))));
            return rows;
        }

        private Row answer(int kind, @Nullable String key, @Nullable String seq, byte @Nullable [] payload) {
            Object[] counts = kind != TALLY
                    ? null
                    : new Object[] {
                        tally.applied(),
                        tally.duplicate(),
                        tally.parked(),
                        tally.rows(),
                        tally.touching(),
                        tally.latent()
                    };
            return RowFactory.create(kind, key, seq, payload, counts);
        }
    }
}
