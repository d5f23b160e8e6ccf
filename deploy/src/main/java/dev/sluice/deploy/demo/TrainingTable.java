package dev.sluice.deploy.demo;

import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.SourcePosition;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.Counts;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.commit.CommitNote;
import dev.sluice.sinks.commit.TableProperties;
import dev.sluice.sinks.direct.DirectCommit;
import dev.sluice.sinks.direct.DirectTable;
import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.history.Image;
import dev.sluice.sinks.history.Provenance;
import dev.sluice.sinks.history.Version;
import dev.sluice.sinks.intake.TableShape;
import dev.sluice.sinks.layout.TableColumns;
import dev.sluice.sinks.layout.VersionRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The table of a {@link TrainingHome}. The first commit writes the row, later commits write none. */
final class TrainingTable {

    private static final DatasetId DATASET = TrainingHome.DATASET;

    private final Configuration conf = new Configuration();
    private final Lake lake;
    private final TableColumns columns;

    TrainingTable(Lake lake) {
        this.lake = lake;
        TableShape shape = new TableShape(DATASET, Map.of("word", "\"string\""));
        this.columns = TableColumns.of(lake, DATASET, List.of(shape), new StructType());
    }

    /** Path of the table below the lake. */
    String path() {
        return lake.tablePath(DATASET);
    }

    /** Commits for that batch; answers with the version of the table. */
    long commit(BatchPlan batch) {
        Optional<DirectTable> table = DirectTable.open(lake.location(path()), conf);
        List<Row> rows = table.isPresent() ? List.of() : List.of(row(batch));
        return new DirectCommit(
                        lake.location(path()),
                        conf,
                        new DirectCommit.Columns(
                                columns.schema(),
                                TableProperties.of(columns.names().withStatistics(), columns.needMapping())))
                .append(
                        table,
                        rows,
                        DirectCommit.Stamp.repeatable(
                                CommitNote.of(batch, path(), Counts.NONE).text()));
    }

    private Row row(BatchPlan batch) {
        Provenance provenance = new Provenance(
                "1",
                "",
                new Origin(DATASET.topic(), 0, 0, 0),
                1,
                TrainingHome.PLAN,
                batch.id().text(),
                null,
                null);
        String seq = new SourcePosition(1, 0, true).seq();
        Map<String, String> word = Map.of("word", TrainingHome.KEY);
        Event read = new Event(seq, 0, Change.Op.READ, Image.of(word), null, provenance);
        Version version = new Version(read, Image.of(word), 0, null);
        return new VersionRows(columns).row("[\"" + TrainingHome.KEY + "\"]", version);
    }
}
