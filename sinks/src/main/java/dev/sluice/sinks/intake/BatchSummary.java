package dev.sluice.sinks.intake;

import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.event.Origin;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Receipt;
import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.SourcePartition;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Counts what a batch holds, row by row; summaries of parts can be added in any order. Not thread-safe. */
public final class BatchSummary implements Serializable {

    private static final long serialVersionUID = 1L;

    private final HashMap<SourcePartition, long[]> offsets = new HashMap<>();
    private final TreeMap<String, TopicCounts> topics = new TreeMap<>();
    private final TreeMap<String, DatasetSummary> datasets = new TreeMap<>();
    private final TreeSet<String> positions = new TreeSet<>();
    private long transactions;

    /** Numbers of the records of one topic, by what became of them. */
    private static final class TopicCounts implements Serializable {
        private static final long serialVersionUID = 1L;
        private long changes;
        private long filtered;
        private long suppressed;
        private long dead;
        private @Nullable Unreadable shape;

        private void dead(String code, @Nullable String detail) {
            dead++;
            if (DecodeCode.isOfShape(code)) {
                shape = new Unreadable(1, code, detail == null ? "" : detail).plus(shape);
            }
        }

        private void add(TopicCounts theirs) {
            changes += theirs.changes;
            filtered += theirs.filtered;
            suppressed += theirs.suppressed;
            dead += theirs.dead;
            shape = theirs.shape == null ? shape : theirs.shape.plus(shape);
        }

        private boolean isReadable() {
            return changes + suppressed > 0;
        }

        private boolean isUnreadable() {
            return !isReadable() && shape != null && shape.records() == dead;
        }
    }

    /**
     * Records of a topic that cannot be read, for one reason that comes from format, schema or name of the topic.
     *
     * @param records their number
     * @param code the code of the reason
     * @param detail what one of the records says, without a data value
     */
    public record Unreadable(long records, String code, String detail) implements Serializable {

        /** With earlier ones of the same code; earlier ones of another code are left out. */
        public Unreadable plus(@Nullable Unreadable earlier) {
            return earlier == null || !earlier.code().equals(code)
                    ? this
                    : new Unreadable(records + earlier.records(), code, earlier.detail());
        }
    }

    /**
     * What the batch holds of one dataset.
     *
     * @param shapes the combinations of columns
     * @param plans the plans
     * @param topics the topics its changes came from
     */
    public record DatasetSummary(Set<TableShape> shapes, Set<String> plans, Set<String> topics)
            implements Serializable {
        DatasetSummary() {
            this(new java.util.LinkedHashSet<>(), new TreeSet<>(), new TreeSet<>());
        }
    }

    /** Counts one row of {@link IntakeRows}. */
    public void add(Row row) {
        String kind = row.getString(IntakeRows.KIND);
        if (kind.equals(IntakeRows.SHAPE)) {
            dataset(row).shapes().add(TableShape.decode(row.getAs(IntakeRows.PAYLOAD)));
            return;
        }
        String topic = row.getString(IntakeRows.TOPIC);
        Origin at = IntakeRows.origin(row);
        range(new SourcePartition(topic, at.topicId(), at.partition()), at.offset());
        TopicCounts tally = topics.computeIfAbsent(topic, t -> new TopicCounts());
        switch (kind) {
            case IntakeRows.DEAD -> tally.dead(row.getString(IntakeRows.CODE), row.getString(IntakeRows.DETAIL));
            case IntakeRows.SUPPRESSED -> tally.suppressed++;
            case IntakeRows.FILTERED -> {
                tally.filtered++;
                transactions += "TRANSACTION_END".equals(row.getString(IntakeRows.DETAIL)) ? 1 : 0;
            }
            default -> {
                tally.changes++;
                change(topic, row);
            }
        }
    }

    private void change(String topic, Row row) {
        DatasetSummary dataset = dataset(row);
        dataset.plans().add(row.getString(IntakeRows.PLAN));
        dataset.topics().add(topic);
        position(row.getString(IntakeRows.SEQ));
    }

    private DatasetSummary dataset(Row row) {
        return datasets.computeIfAbsent(row.getString(IntakeRows.DATASET), d -> new DatasetSummary());
    }

    private void range(SourcePartition partition, long offset) {
        long[] range = offsets.computeIfAbsent(partition, p -> new long[] {Long.MAX_VALUE, 0});
        range[0] = Math.min(range[0], offset);
        range[1] = Math.max(range[1], offset + 1);
    }

    private void position(String seq) {
        positions.add(seq);
        while (positions.size() > 2) {
            positions.remove(positions.higher(positions.first()));
        }
    }

    /** Counts what another summary counted. */
    public void add(BatchSummary other) {
        other.offsets.forEach((partition, range) -> {
            range(partition, range[0]);
            range(partition, range[1] - 1);
        });
        other.topics.forEach((topic, theirs) -> {
            TopicCounts ours = topics.computeIfAbsent(topic, t -> new TopicCounts());
            ours.add(theirs);
        });
        other.datasets.forEach((name, theirs) -> {
            DatasetSummary ours = datasets.computeIfAbsent(name, d -> new DatasetSummary());
            ours.shapes().addAll(theirs.shapes());
            ours.plans().addAll(theirs.plans());
            ours.topics().addAll(theirs.topics());
        });
        other.positions.forEach(this::position);
        transactions += other.transactions;
    }

    /**
     * Refuses with {@code SNK-020} a batch of which one topic holds at least {@code least} dead letters that are more
     * than {@code percent} of the topic's changes and dead letters.
     */
    public void requireMostlyGood(long least, int percent) {
        topics.forEach((topic, tally) -> {
            long records = tally.changes + tally.suppressed + tally.dead;
            if (tally.dead >= least && tally.dead * 100 > records * percent) {
                throw SinkErrors.mostlyDead(topic, tally.dead, records, percent);
            }
        });
    }

    /** The topics of which no record can be read, for one reason that comes from the topic. */
    public Map<String, Unreadable> unreadable() {
        Map<String, Unreadable> unreadable = new TreeMap<>();
        topics.forEach((topic, tally) -> {
            if (tally.isUnreadable() && tally.shape != null) {
                unreadable.put(topic, tally.shape);
            }
        });
        return unreadable;
    }

    /** The topics with a readable record. */
    public Set<String> readable() {
        Set<String> readable = new TreeSet<>();
        topics.forEach((topic, tally) -> {
            if (tally.isReadable()) {
                readable.add(topic);
            }
        });
        return readable;
    }

    /** Refuses with {@code SNK-016} a batch that holds a record which its plan does not name. */
    public void requirePlanned(BatchPlan plan) {
        offsets.forEach((source, range) -> plan.require(source, range[0], range[1]));
    }

    /** The datasets with changes, by name. */
    public Map<String, DatasetSummary> datasets() {
        return datasets;
    }

    /** The topics with records. */
    public Set<String> topics() {
        return topics.keySet();
    }

    /** Records of the topic that reached no table. */
    public Counts others(String topic) {
        TopicCounts tally = topics.get(topic);
        return tally == null ? Counts.NONE : Counts.ofOthers(tally.filtered, tally.suppressed, tally.dead);
    }

    /** All records. */
    public long records() {
        return topics.values().stream()
                .mapToLong(t -> t.changes + t.filtered + t.suppressed + t.dead)
                .sum();
    }

    /** Dead letters. */
    public long deadLetters() {
        return topics.values().stream().mapToLong(t -> t.dead).sum();
    }

    /** What the batch holds of the source. */
    public Receipt.Seen seen() {
        long changes = topics.values().stream().mapToLong(t -> t.changes).sum();
        @Nullable String first = positions.isEmpty() ? null : positions.first();
        @Nullable String last = positions.isEmpty() ? null : positions.last();
        return new Receipt.Seen(changes, transactions, first, last);
    }
}
