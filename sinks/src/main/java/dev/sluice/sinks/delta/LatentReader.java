package dev.sluice.sinks.delta;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.direct.DirectAccess;
import dev.sluice.sinks.direct.DirectRead;
import dev.sluice.sinks.direct.DirectTable;
import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.intake.IntakeRows;
import dev.sluice.sinks.layout.LatentTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the latent events that were remembered before a batch. What the batch itself wrote in an earlier run that did
 * not end is not seen, so that a replay computes the same difference.
 */
final class LatentReader {

    private static final StructType KEYS =
            new StructType().add("d", DataTypes.StringType).add("k", DataTypes.StringType);

    private static final List<String> PROBE = List.of("output", "written_by", "dataset", "key");
    private static final List<String> PROBE_TOPIC = List.of("output", "written_by", "topic", "key");

    private final SparkSession session;
    private final Lake lake;
    private final BatchId batch;
    private final DirectAccess access;
    private final Optional<DirectTable> table;
    private final Map<String, List<Row>> collected = new HashMap<>();
    private final Map<String, Set<String>> freed = new HashMap<>();

    /** Names a row by the topic of its records and its key. */
    record TopicKey(String topic, String key) {
        @Override
        public String toString() {
            return "TopicKey[" + topic + "]";
        }
    }

    LatentReader(SparkSession session, Lake lake, DirectAccess access, BatchId batch) {
        this.session = session;
        this.lake = lake;
        this.access = access;
        this.batch = batch;
        this.table = access.open(lake.location(Lake.LATENT));
    }

    /** Takes in which rows a closed dead letter held up; {@link #freed} says in which datasets events of them wait. */
    LatentReader freeing(Set<TopicKey> rows) {
        if (table.isEmpty() || rows.isEmpty()) {
            return this;
        }
        Set<List<String>> wanted = new HashSet<>();
        rows.forEach(row -> wanted.add(List.of(row.topic(), row.key())));
        List<Row> events = isDirect() ? directly(table.get(), PROBE_TOPIC, wanted::contains) : inSpark(wanted, "topic");
        for (Row row : events) {
            freed.computeIfAbsent(row.getString(LatentTable.DATASET), d -> new TreeSet<>())
                    .add(row.getString(LatentTable.KEY));
        }
        return this;
    }

    /** The keys of each dataset that are to be computed though the batch has no change of them. */
    Map<String, Set<String>> freed() {
        return freed;
    }

    /** Reads the truncates of those datasets, and the events of those keys when the rows are on the driver. */
    LatentReader collect(Collection<String> datasets, BatchFrame frame) {
        if (table.isEmpty() || datasets.isEmpty()) {
            return this;
        }
        Set<List<String>> keys = new HashSet<>();
        for (String dataset : datasets) {
            keys.add(List.of(dataset, ""));
            freed.getOrDefault(dataset, Set.of()).forEach(key -> keys.add(List.of(dataset, key)));
            if (frame.isLocal()) {
                frame.collect(dataset, IntakeRows.CHANGE)
                        .forEach(row -> keys.add(List.of(dataset, row.getString(IntakeRows.KEY))));
            }
        }
        List<Row> rows = isDirect() ? directly(table.get(), PROBE, keys::contains) : inSpark(keys, "dataset");
        for (Row row : rows) {
            collected
                    .computeIfAbsent(row.getString(LatentTable.DATASET), d -> new ArrayList<>())
                    .add(row);
        }
        return this;
    }

    private boolean isDirect() {
        return access.allowed(lake.location(Lake.LATENT), table, LatentTable.SCHEMA);
    }

    /** The rows whose dataset, or topic, and key match. */
    private List<Row> directly(DirectTable latent, List<String> probe, Predicate<List<String>> wanted) {
        Predicate<List<String>> match = texts -> texts.get(0).equals(lake.consumer())
                && !texts.get(1).equals(batch.text())
                && wanted.test(texts.subList(2, 4));
        return DirectRead.of(latent, LatentTable.SCHEMA, probe, match).rows(match);
    }

    private List<Row> inSpark(Set<List<String>> keys, String named) {
        List<Row> wanted = new ArrayList<>();
        keys.forEach(key -> wanted.add(RowFactory.create(key.get(0), key.get(1).isEmpty() ? null : key.get(1))));
        Dataset<Row> frame = broadcast(session.createDataFrame(wanted, KEYS));
        Column same = col(named).equalTo(frame.col("d")).and(col("key").eqNullSafe(frame.col("k")));
        return before().join(frame, same, "left_semi").collectAsList();
    }

    /** The batch that is being written. */
    BatchId batch() {
        return batch;
    }

    /** The truncates of a dataset. */
    List<Event> truncates(String dataset) {
        return collected.getOrDefault(dataset, List.of()).stream()
                .filter(row -> row.isNullAt(LatentTable.KEY))
                .map(LatentTable::event)
                .toList();
    }

    /** The collected events of the keys of a dataset. */
    List<Row> events(String dataset) {
        return collected.getOrDefault(dataset, List.of()).stream()
                .filter(row -> !row.isNullAt(LatentTable.KEY))
                .toList();
    }

    /** The events of all keys of a dataset, of those as well that the batch does not touch. */
    List<Row> allEvents(String dataset) {
        if (table.isEmpty()) {
            return List.of();
        }
        List<Row> rows = isDirect()
                ? directly(table.get(), PROBE, texts -> texts.get(0).equals(dataset))
                : before().filter(col("dataset").equalTo(lit(dataset))).collectAsList();
        return rows.stream().filter(row -> !row.isNullAt(LatentTable.KEY)).toList();
    }

    /** The events of those keys of a dataset. */
    Dataset<Row> events(String dataset, Dataset<Row> keys) {
        if (table.isEmpty()) {
            return session.createDataFrame(List.of(), LatentTable.SCHEMA);
        }
        return before().filter(col("dataset").equalTo(lit(dataset)))
                .join(keys, col("key").equalTo(keys.col(keys.columns()[0])), "left_semi");
    }

    private Dataset<Row> before() {
        return LatentTable.of(session, lake.location(Lake.LATENT), lake.consumer())
                .filter(col("written_by").notEqual(batch.text()));
    }
}
