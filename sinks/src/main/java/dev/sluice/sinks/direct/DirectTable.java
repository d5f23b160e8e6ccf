package dev.sluice.sinks.direct;

import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.commit.NewestSnapshot;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.util.ColumnMapping;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataType;

/**
 * Reads a snapshot of a Delta table without Spark. Immutable; thread-safe. Throws a
 * {@link dev.sluice.sinks.SinkException} {@code SNK-011} when a file cannot be read.
 */
public final class DirectTable {

    private static final Set<String> READER_FEATURES = Set.of("timestampNtz");
    private static final Set<String> WRITER_FEATURES = Set.of("timestampNtz", "appendOnly", "invariants");

    /** Setting of Delta Kernel: how many rows its Parquet reader holds. */
    private static final String ROWS_AT_ONCE = "delta.kernel.default.parquet.reader.batch-size";

    private final String location;
    private final Configuration conf;
    private final SnapshotImpl snapshot;
    private final List<StoredFile> files;

    private DirectTable(String location, Configuration conf, SnapshotImpl snapshot, List<StoredFile> files) {
        this.location = location;
        this.conf = conf;
        this.snapshot = snapshot;
        this.files = files;
    }

    /** Whether there is a table at that location, or its first commit was begun. Reads nothing of the table. */
    static boolean isAt(String location, Configuration conf) {
        try {
            if (LocalFiles.isLocal(location)) {
                return Files.exists(LocalFiles.path(location).resolve("_delta_log"));
            }
            Path log = new Path(location, "_delta_log");
            return log.getFileSystem(conf).exists(log);
        } catch (IOException e) {
            throw SinkErrors.storage("look for", location, e);
        }
    }

    /** The newest snapshot of the table at that location, empty when no commit was made there. */
    public static Optional<DirectTable> open(String location, Configuration conf) {
        if (!isAt(location, conf)) {
            return Optional.empty();
        }
        try {
            DefaultEngine engine = LocalFiles.engine(location, conf);
            Optional<Snapshot> newest = NewestSnapshot.of(location, engine, conf);
            if (newest.isEmpty()) {
                return Optional.empty();
            }
            Snapshot snapshot = newest.get();
            return Optional.of(new DirectTable(location, conf, (SnapshotImpl) snapshot, files(engine, snapshot)));
        } catch (IOException e) {
            throw SinkErrors.storage("read the table", location, e);
        }
    }

    private static List<StoredFile> files(DefaultEngine engine, Snapshot snapshot) throws IOException {
        List<StoredFile> files = new ArrayList<>();
        ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    rows.forEachRemaining(row -> files.add(new StoredFile(
                            new AddFile(row.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)),
                            InternalScanFileUtils.getAddFileStatus(row))));
                }
            }
        }
        return List.copyOf(files);
    }

    /** Version of the snapshot. */
    public long version() {
        return snapshot.getVersion();
    }

    /** Bytes of the data files. */
    public long bytes() {
        return files.stream().mapToLong(StoredFile::size).sum();
    }

    /** The columns, as Spark knows them. */
    public org.apache.spark.sql.types.StructType schema() {
        return (org.apache.spark.sql.types.StructType)
                DataType.fromJson(snapshot.getMetadata().getSchemaString());
    }

    /** The table's properties. */
    public java.util.Map<String, String> properties() {
        return snapshot.getMetadata().getConfiguration();
    }

    /**
     * The first of the columns that the table property for statistics names; empty when the property is not set. The
     * sinks set the property on every table.
     */
    public String firstStatisticsColumn() {
        String names = properties().getOrDefault("delta.dataSkippingStatsColumns", "");
        int comma = names.indexOf(',');
        return comma < 0 ? names : names.substring(0, comma);
    }

    /**
     * Whether this package can write the table, with columns of that schema. The table must need no feature of Delta
     * besides append-only, invariants and timestamps without zone, and timestamps without zone need a table that has
     * that feature.
     */
    public boolean writable(org.apache.spark.sql.types.StructType wanted) {
        var protocol = snapshot.getProtocol();
        boolean plain = READER_FEATURES.containsAll(protocol.getReaderFeatures())
                && WRITER_FEATURES.containsAll(protocol.getWriterFeatures())
                && (protocol.supportsWriterFeatures() || protocol.getMinWriterVersion() <= 2);
        boolean zoneless = protocol.getReaderFeatures().contains("timestampNtz");
        return plain && (zoneless || !LogLines.zoneless(wanted));
    }

    /** Every row of the table with those columns, in no order; a column that a file does not have is null. */
    public void forEach(org.apache.spark.sql.types.StructType columns, Consumer<org.apache.spark.sql.Row> action) {
        forEachWhile(columns, () -> true, action);
    }

    /** The same, file after file, as long as more rows are wanted. */
    public void forEachWhile(
            org.apache.spark.sql.types.StructType columns,
            BooleanSupplier wanted,
            Consumer<org.apache.spark.sql.Row> action) {
        StructType schema = DirectRows.kernel(columns);
        files.stream()
                .takeWhile(file -> wanted.getAsBoolean())
                .forEach(file -> read(file, schema, row -> action.accept(DirectRows.toSpark(row))));
    }

    /**
     * Every row whose text in the first of the columns matches, in no order. Fit for columns with large values: reads
     * the other columns of matching files only, and one row at a time.
     */
    public void forEachLarge(
            org.apache.spark.sql.types.StructType columns,
            Predicate<String> wanted,
            Consumer<org.apache.spark.sql.Row> action) {
        StructType schema = DirectRows.kernel(columns);
        StructType narrow = new StructType(List.of(schema.at(0)));
        Configuration oneRow = new Configuration(conf);
        oneRow.setInt(ROWS_AT_ONCE, 1);
        DirectTable large = new DirectTable(location, oneRow, snapshot, files);
        for (StoredFile file : files) {
            boolean[] hit = {false};
            read(file, narrow, row -> hit[0] |= wanted.test(row.getString(0)));
            if (hit[0]) {
                large.read(file, schema, row -> {
                    if (wanted.test(row.getString(0))) {
                        action.accept(DirectRows.toSpark(row));
                    }
                });
            }
        }
    }

    /**
     * Counts of a column.
     *
     * @param rows rows of the table
     * @param nulls rows in which the column holds null
     */
    public record Filled(long rows, long nulls) {
        Filled plus(Filled other) {
            return new Filled(rows + other.rows, nulls + other.nulls);
        }
    }

    /** The name of the column after that one. */
    public String columnAfter(String column) {
        StructType schema = snapshot.getSchema();
        return schema.at(schema.indexOf(column) + 1).getName();
    }

    /** The counts of that column: from the statistics of the log where a file has them, else by reading the column. */
    public Filled filled(String column) {
        StructType narrow = new StructType(List.of(snapshot.getSchema().get(column)));
        Filled all = new Filled(0, 0);
        for (StoredFile file : files) {
            all = all.plus(file.filled(column).orElseGet(() -> readFilled(file, narrow)));
        }
        return all;
    }

    private Filled readFilled(StoredFile file, StructType narrow) {
        long[] counts = new long[2];
        read(file, narrow, row -> {
            counts[0]++;
            counts[1] += row.isNullAt(0) ? 1 : 0;
        });
        return new Filled(counts[0], counts[1]);
    }

    /**
     * The files in which some row matches, with all their rows.
     *
     * @param columns all columns that the rows are to have
     * @param probe the columns that the match looks at, in its order
     */
    Loading load(org.apache.spark.sql.types.StructType columns, List<String> probe, Predicate<Row> match) {
        StructType schema = DirectRows.kernel(columns);
        List<StructField> fields = probe.stream().map(schema::get).toList();
        StructType narrow = new StructType(fields);
        List<StoredFile.Loaded> loaded = new ArrayList<>();
        for (StoredFile file : files) {
            boolean[] hit = {false};
            read(file, narrow, row -> hit[0] |= match.test(row));
            if (hit[0]) {
                loaded.add(load(file, schema));
            }
        }
        return new Loading(schema, loaded);
    }

    /**
     * Files with their rows.
     *
     * @param schema columns of the rows
     * @param files the files
     */
    record Loading(StructType schema, List<StoredFile.Loaded> files) {}

    /** All rows of a file. */
    StoredFile.Loaded load(StoredFile file, StructType schema) {
        List<Row> rows = new ArrayList<>();
        read(file, schema, rows::add);
        return new StoredFile.Loaded(file, rows);
    }

    List<StoredFile> files() {
        return files;
    }

    SnapshotImpl snapshot() {
        return snapshot;
    }

    /**
     * The columns by the names that the data files have. A table whose columns have names that Parquet does not allow
     * is column-mapped (Delta protocol, "Column Mapping"): its files have other names.
     */
    private StructType inFiles(StructType schema) {
        ColumnMapping.ColumnMappingMode mode = ColumnMapping.getColumnMappingMode(properties());
        StructType table = snapshot.getSchema();
        List<StructField> fields = new ArrayList<>();
        for (StructField field : schema.fields()) {
            boolean known = table.indexOf(field.getName()) >= 0;
            fields.add(known ? ColumnMapping.convertToPhysicalColumn(field, table, mode) : field);
        }
        return new StructType(fields);
    }

    private void read(StoredFile file, StructType schema, Consumer<Row> action) {
        DefaultEngine engine = LocalFiles.engine(location, conf);
        try (CloseableIterator<FileReadResult> batches = engine.getParquetHandler()
                .readParquetFiles(Utils.singletonCloseableIterator(file.status()), inFiles(schema), Optional.empty())) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getData().getRows()) {
                    rows.forEachRemaining(action);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw SinkErrors.storage("read a data file of", location, e);
        }
    }
}
