package dev.sluice.sinks.intake;

import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.masking.Guarded;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Line;
import dev.sluice.sinks.SinkErrors;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frame of Spark's Kafka source ({@code includeHeaders=true}) and guards the records by the line, in chunks
 * of at most 1,000. Clear text stays inside the Spark task that reads the records; only guarded rows leave the task.
 * Throws a {@link dev.sluice.sinks.SinkException} {@code SNK-002} when the line does not return one record for each
 * record.
 */
public final class GuardedIntake implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;
    private static final int CHUNK = 1_000;
    private static final String[] COLUMNS = {"key", "value", "topic", "partition", "offset", "timestamp", "headers"};

    /** Column of a frame of dead letters: the id of the topic that the record stood in. */
    public static final String TOPIC_ID = "topic_id";

    private final Line line;
    private final String batch;
    private final HashMap<String, String> topicIds;

    private GuardedIntake(Line line, BatchPlan batch) {
        this.line = line;
        this.batch = batch.id().text();
        this.topicIds = new HashMap<>(batch.topicIds());
    }

    /**
     * The rows of {@link IntakeRows} for a frame of the Kafka source. Lazy: every action on these rows reads Kafka
     * again. The plan names the ids of the topics; a frame of dead letters has them in a column of its own.
     */
    public static Dataset<Row> rows(Dataset<Row> kafka, Line line, BatchPlan batch) {
        Column[] columns = new Column[COLUMNS.length + 1];
        for (int i = 0; i < COLUMNS.length; i++) {
            columns[i] = functions.col(COLUMNS[i]);
        }
        boolean named = Set.of(kafka.columns()).contains(TOPIC_ID);
        columns[COLUMNS.length] =
                named ? functions.col(TOPIC_ID) : functions.lit(null).cast("string");
        return kafka.select(columns).mapPartitions(new GuardedIntake(line, batch), Encoders.row(IntakeRows.SCHEMA));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> records) {
        return new Chunks(records);
    }

    /** Pulls a chunk through the line whenever the rows of the last one are used up. */
    private final class Chunks implements Iterator<Row> {
        private final Iterator<Row> records;
        private final IntakeRows rows = new IntakeRows(batch);
        private final Queue<Row> ready = new ArrayDeque<>();

        Chunks(Iterator<Row> records) {
            this.records = records;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && records.hasNext()) {
                fill();
            }
            return !ready.isEmpty();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }

        private void fill() {
            List<RawRecord> chunk = new ArrayList<>();
            while (records.hasNext() && chunk.size() < CHUNK) {
                chunk.add(raw(records.next()));
            }
            List<Guarded> guarded = line.guard(chunk);
            if (guarded.size() != chunk.size()) {
                throw SinkErrors.brokenLine(chunk.size(), guarded.size());
            }
            List<Row> made = new ArrayList<>();
            guarded.forEach(record -> rows.add(record, made));
            ready.addAll(made);
        }
    }

    @SuppressWarnings("NullAway") // both may be null; the class file of a compact constructor does not say so
    private RawRecord raw(Row row) {
        long timestamp = row.isNullAt(5) ? 0L : millis(row.get(5));
        String topic = row.getString(2);
        String topicId = row.isNullAt(7) ? topicIds.getOrDefault(topic, "") : row.getString(7);
        Origin origin = new Origin(topic, topicId, row.getInt(3), row.getLong(4), timestamp);
        return new RawRecord(origin, bytes(row, 0), bytes(row, 1), headers(row));
    }

    private static byte @Nullable [] bytes(Row row, int column) {
        return row.isNullAt(column) ? null : row.<byte[]>getAs(column);
    }

    private static List<RawRecord.Header> headers(Row row) {
        List<RawRecord.Header> headers = new ArrayList<>();
        if (!row.isNullAt(6)) {
            for (Row header : row.<Row>getList(6)) {
                headers.add(new RawRecord.Header(header.getString(0), bytes(header, 1)));
            }
        }
        return headers;
    }

    private static long millis(Object timestamp) {
        return timestamp instanceof Instant instant
                ? instant.toEpochMilli()
                : ((Timestamp) timestamp).toInstant().toEpochMilli();
    }
}
