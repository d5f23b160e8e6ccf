package dev.sluice.sinks.query;

import dev.sluice.cdc.event.Origin;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.deadletter.DeadLetterTable;
import dev.sluice.sinks.direct.DirectTable;
import dev.sluice.sinks.direct.LakeFolders;
import dev.sluice.sinks.history.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables of a lake with Delta Kernel. Starts no Spark session and no job, and writes nothing. Every call sees
 * the newest version of each table. Thread-safe. Throws a {@link dev.sluice.sinks.SinkException} {@code SNK-011} when a
 * file cannot be read.
 */
public final class GovernedTables {

    private static final int TECHNICAL = 8;

    private final String root;
    private final Configuration conf;

    /** The lake with that root folder or URI. */
    public GovernedTables(String root, Configuration conf) {
        this.root = root;
        this.conf = conf;
    }

    /** The names of all history tables, {@code consumer/table}. Reads no table. */
    public List<String> names() {
        return new LakeFolders(root, conf).histories();
    }

    /** All history tables, by name. */
    public List<TableState> tables() {
        return new LakeFolders(root, conf)
                .histories().stream()
                        .flatMap(name -> opened(name).map(table -> state(name, table)).stream())
                        .toList();
    }

    /** The history table of that name ({@code consumer/table}), empty when there is none. */
    public Optional<TableState> table(String name) {
        return open(name).map(table -> state(name, table));
    }

    private TableState state(String name, DirectTable table) {
        String validTo = table.columnAfter(table.firstStatisticsColumn());
        DirectTable.Filled filled = table.filled(validTo);
        return new TableState(name, root + "/" + name, table.version(), filled.rows(), filled.nulls());
    }

    /**
     * The versions of a key, oldest first.
     *
     * @param name table name
     * @param key canonical text of the treated key, for example {@code ["42"]}
     * @param asOf only the version that held at that moment, null for all
     */
    public List<VersionView> history(String name, String key, @Nullable Instant asOf) {
        List<VersionView> versions = new ArrayList<>();
        open(name).ifPresent(table -> {
            StructType schema = table.schema();
            int at = technical(schema, table);
            table.forEach(schema, row -> {
                if (key.equals(row.getString(at + 5)) && heldAt(row, at, asOf)) {
                    versions.add(version(row, schema, at));
                }
            });
        });
        versions.sort(Comparator.comparing(VersionView::validFrom));
        return List.copyOf(versions);
    }

    /** Current rows of the table of that name, at most so many, in no order. */
    public List<VersionView> currentRows(String name, int most) {
        List<VersionView> rows = new ArrayList<>();
        open(name).ifPresent(table -> {
            StructType schema = table.schema();
            int at = technical(schema, table);
            table.forEachWhile(schema, () -> rows.size() < most, row -> {
                if (row.isNullAt(at + 1) && rows.size() < most) {
                    rows.add(version(row, schema, at));
                }
            });
        });
        return List.copyOf(rows);
    }

    /** All dead letters, oldest first. Reads no sealed record. */
    public List<DeadLetterView> deadLetters() {
        List<DeadLetterView> letters = new ArrayList<>();
        opened(Lake.DEAD_LETTERS)
                .ifPresent(
                        table -> table.forEach(DeadLetterTable.WITHOUT_PAYLOAD, row -> letters.add(deadLetter(row))));
        letters.sort(Comparator.comparing(DeadLetterView::since).thenComparing(DeadLetterView::id));
        return List.copyOf(letters);
    }

    /** The dead letter with that id, empty when there is none. */
    public Optional<DeadLetterView> deadLetter(String id) {
        return deadLetters().stream().filter(letter -> letter.id().equals(id)).findFirst();
    }

    /** Gives the sealed records of those dead letters, in no order. One of them is in memory at a time. */
    public void sealedRecords(Set<String> ids, Consumer<DeadLetterView.SealedRecord> taker) {
        opened(Lake.DEAD_LETTERS)
                .ifPresent(table -> table.forEachLarge(
                        DeadLetterTable.SEALED,
                        ids::contains,
                        row -> taker.accept(new DeadLetterView.SealedRecord(
                                row.getString(0), (Instant) row.get(1), row.getAs(2), row.getString(3)))));
    }

    private Optional<DirectTable> open(String name) {
        return new LakeFolders(root, conf).histories().contains(name) ? opened(name) : Optional.empty();
    }

    private Optional<DirectTable> opened(String name) {
        return DirectTable.open(root + "/" + name, conf);
    }

    /** Position of the first technical column; the columns stand together, wherever later ones were added. */
    private static int technical(StructType schema, DirectTable table) {
        return schema.fieldIndex(table.firstStatisticsColumn());
    }

    private static boolean heldAt(Row row, int at, @Nullable Instant asOf) {
        if (asOf == null) {
            return true;
        }
        Instant from = (Instant) row.get(at);
        Instant to = (Instant) row.get(at + 1);
        return !from.isAfter(asOf) && (to == null || to.isAfter(asOf));
    }

    private static VersionView version(Row row, StructType schema, int at) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < schema.size(); i++) {
            if (i < at || i >= at + TECHNICAL) {
                values.put(schema.fields()[i].name(), row.get(i));
            }
        }
        StructType provenance = (StructType) schema.fields()[at + 7].dataType();
        return new VersionView(
                values,
                (Instant) row.get(at),
                (Instant) row.get(at + 1),
                row.getString(at + 3),
                row.getString(at + 4),
                (String) row.get(at + 6),
                provenance(row.getStruct(at + 7), provenance));
    }

    /** Reads the technical column with the provenance; its own columns are found by name. */
    private static VersionProvenance provenance(Row row, StructType schema) {
        Provenance event = new Provenance(
                text(row, schema, "event_id"),
                text(row, schema, "transaction"),
                new Origin(
                        text(row, schema, "topic"),
                        text(row, schema, "topic_id"),
                        row.getInt(schema.fieldIndex("partition")),
                        row.getLong(schema.fieldIndex("offset")),
                        0L),
                row.getInt(schema.fieldIndex("schema_id")),
                text(row, schema, "plan_id"),
                text(row, schema, "batch_id"),
                (String) row.get(schema.fieldIndex("moved_from")),
                (String) row.get(schema.fieldIndex("moved_to")));
        List<String> filled = row.get(schema.fieldIndex("filled")) instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
        return new VersionProvenance(event, (Instant) row.get(schema.fieldIndex("committed_at")), filled);
    }

    /** The text in that column, empty when the column holds null. */
    private static String text(Row row, StructType schema, String column) {
        int index = schema.fieldIndex(column);
        return row.isNullAt(index) ? "" : row.getString(index);
    }

    private static DeadLetterView deadLetter(Row row) {
        return new DeadLetterView(
                row.getString(0),
                (Instant) row.get(1),
                row.getString(3),
                new DeadLetterView.DeadLetterReason(row.getString(4), row.getString(5), row.getString(6)),
                row.getLong(12),
                row.getString(8),
                row.getString(11),
                (String) row.get(10));
    }
}
