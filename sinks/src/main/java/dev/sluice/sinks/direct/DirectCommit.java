package dev.sluice.sinks.direct;

import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.commit.HardLinkLogStore;
import io.delta.kernel.Table;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.internal.data.DefaultRowBasedColumnarBatch;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one commit of one table without Spark: adds rows and removes rows. A file with rows to remove is replaced by
 * its other rows in a new file. When 16 or more other files would stay, those of less than 4 MiB are replaced too. The
 * commit file is created atomically: a second writer of the same table version gets a
 * {@link dev.sluice.sinks.SinkException} {@code SNK-011}, and the first commit stays.
 */
public final class DirectCommit {

    private static final Logger LOG = LoggerFactory.getLogger(DirectCommit.class);
    private static final int FILES_BEFORE_FOLDING = 16;
    private static final long SMALL = 4L << 20;

    private final String location;
    private final Configuration conf;
    private final Columns columns;

    /**
     * The table's columns and properties.
     *
     * @param schema columns once the commit is made
     * @param properties properties of a new table; {@code delta.dataSkippingStatsColumns} names the columns with
     *     statistics
     */
    public record Columns(org.apache.spark.sql.types.StructType schema, Map<String, String> properties) {}

    /**
     * Holds the transaction id and the note of a commit.
     *
     * @param transactionId Delta's application transaction id
     * @param transactionVersion its version
     * @param note user metadata
     */
    public record Stamp(String transactionId, long transactionVersion, String note) {
        /** A stamp without a transaction id, for a commit that may be made again. */
        public static Stamp repeatable(String note) {
            return new Stamp("", 0, note);
        }
    }

    /** A commit to the table at that location. */
    public DirectCommit(String location, Configuration conf, Columns columns) {
        this.location = location;
        this.conf = conf;
        this.columns = columns;
    }

    /** Adds rows; answers with the version of the commit. */
    public long append(Optional<DirectTable> table, List<org.apache.spark.sql.Row> rows, Stamp stamp) {
        List<StoredFile> files = table.map(DirectTable::files).orElse(List.of());
        return commit(table, new DirectRead.Kept(List.of(), List.of(), files), rows, stamp);
    }

    /**
     * Takes rows out and adds rows; answers with the version of the commit.
     *
     * @param read the rows that were read, whose table is the one to change
     * @param identity text columns that name a row
     * @param gone identities of the rows to take out
     */
    public long replace(
            DirectRead read,
            List<String> identity,
            Set<List<String>> gone,
            List<org.apache.spark.sql.Row> rows,
            Stamp stamp) {
        return commit(Optional.of(read.table()), read.without(identity, gone), rows, stamp);
    }

    private long commit(
            Optional<DirectTable> table, DirectRead.Kept kept, List<org.apache.spark.sql.Row> added, Stamp stamp) {
        long now = System.currentTimeMillis();
        StructType schema = DirectRows.kernel(columns.schema());
        List<StoredFile> removed = new ArrayList<>(kept.touched());
        List<Row> rows = new ArrayList<>(kept.rows());
        if (kept.untouched().size() >= FILES_BEFORE_FOLDING && table.isPresent()) {
            for (StoredFile file : kept.untouched()) {
                if (file.size() < SMALL) {
                    removed.add(file);
                    rows.addAll(table.get().load(file, schema).rows());
                }
            }
        }
        added.forEach(row -> rows.add(DirectRows.toKernel(row, schema)));
        List<String> lines = new ArrayList<>();
        lines.add(LogLines.commitInfo(removed.isEmpty() ? "WRITE" : "MERGE", stamp.note(), now));
        if (!stamp.transactionId().isEmpty()) {
            lines.add(LogLines.transaction(stamp.transactionId(), stamp.transactionVersion(), now));
        }
        lines.addAll(definition(table, now));
        removed.forEach(file -> lines.add(LogLines.remove(file, now)));
        try {
            lines.addAll(write(rows, schema));
            long version = table.map(t -> t.version() + 1).orElse(0L);
            publish(version, lines);
            return version;
        } catch (IOException | UncheckedIOException e) {
            throw SinkErrors.storage("write", location, e);
        }
    }

    /** Protocol and metadata of a new table, metadata of one that gains columns. */
    private List<String> definition(Optional<DirectTable> table, long now) {
        if (table.isEmpty()) {
            String id = UUID.randomUUID().toString();
            return List.of(
                    LogLines.protocol(columns.schema()),
                    LogLines.metaData(id, columns.schema(), columns.properties(), now));
        }
        DirectTable known = table.get();
        Set<String> before = Set.of(known.schema().fieldNames());
        if (before.containsAll(Arrays.asList(columns.schema().fieldNames()))) {
            return List.of();
        }
        var metadata = known.snapshot().getMetadata();
        return List.of(LogLines.metaData(
                metadata.getId(),
                columns.schema(),
                known.properties(),
                metadata.getCreatedTime().orElse(now)));
    }

    private List<String> write(List<Row> rows, StructType schema) throws IOException {
        if (rows.isEmpty()) {
            return List.of();
        }
        FilteredColumnarBatch batch =
                new FilteredColumnarBatch(new DefaultRowBasedColumnarBatch(schema, rows), Optional.empty());
        List<String> lines = new ArrayList<>();
        try (CloseableIterator<DataFileStatus> files = DefaultEngine.create(conf)
                .getParquetHandler()
                .writeParquetFiles(location, Utils.singletonCloseableIterator(batch), statistics())) {
            while (files.hasNext()) {
                DataFileStatus file = files.next();
                String stats = file.getStatistics()
                        .map(DataFileStatistics::withoutTightBounds)
                        .map(s -> s.serializeAsJson(schema))
                        .orElse("{\"numRecords\":" + rows.size() + "}");
                String name = new Path(file.getPath()).getName();
                lines.add(LogLines.add(name, file.getSize(), file.getModificationTime(), stats));
            }
        }
        return lines;
    }

    private List<Column> statistics() {
        String names = columns.properties().getOrDefault("delta.dataSkippingStatsColumns", "");
        return Arrays.stream(names.split(","))
                .filter(name -> !name.isBlank())
                .map(Column::new)
                .toList();
    }

    private void publish(long version, List<String> lines) throws IOException {
        Path log = new Path(location, "_delta_log");
        Path file = new Path(log, String.format("%020d.json", version));
        new HardLinkLogStore(conf).write(file, lines.iterator(), false, conf);
        int interval = Integer.parseInt(columns.properties().getOrDefault("delta.checkpointInterval", "10"));
        if (version > 0 && version % interval == 0) {
            checkpoint(version);
        }
    }

    /**
     * A checkpoint only makes reading faster: the commit stands without a checkpoint, and a later commit writes the
     * next.
     */
    private void checkpoint(long version) {
        DefaultEngine engine = DefaultEngine.create(conf);
        try {
            Table.forPath(engine, location).checkpoint(engine, version);
        } catch (IOException | io.delta.kernel.exceptions.KernelException e) {
            LOG.atWarn()
                    .addKeyValue("table", new Path(location).getName())
                    .addKeyValue("version", version)
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("The checkpoint of a table was not written. The commit stands; a later commit writes one.");
        }
    }
}
