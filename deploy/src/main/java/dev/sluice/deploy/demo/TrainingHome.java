package dev.sluice.deploy.demo;

import dev.sluice.audit.event.GatewayStarted;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Origin;
import dev.sluice.cdc.event.SourcePosition;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.commit.TableProperties;
import dev.sluice.sinks.direct.DirectCommit;
import dev.sluice.sinks.history.Event;
import dev.sluice.sinks.history.Image;
import dev.sluice.sinks.history.Provenance;
import dev.sluice.sinks.history.Version;
import dev.sluice.sinks.intake.TableShape;
import dev.sluice.sinks.layout.TableColumns;
import dev.sluice.sinks.layout.VersionRows;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;

/**
 * A home with keys, a ledger and one governed row, made without a part and without a person. The training of the quick
 * starts asks its questions there, so that the class archive holds what reading a table needs.
 */
public final class TrainingHome {

    /** The only table. */
    public static final String TABLE = "words";

    /** The key of the only row. */
    public static final String KEY = "hello";

    private TrainingHome() {}

    /** Makes the home in the folder that the first argument names. */
    public static void main(String[] args) {
        Home home = Home.open(Path.of(args[0]));
        Custody.open(home).close();
        try (Ledger ledger = new HomeLedger(home).open()) {
            ledger.append(new GatewayStarted(Instant.now(), "training", "", "", "training"));
        }
        writeRow(new Lake(home.lake().toString(), "training", ""), new DatasetId("training", "public", TABLE));
    }

    private static void writeRow(Lake lake, DatasetId dataset) {
        TableShape shape = new TableShape(dataset, Map.of("word", "\"string\""));
        TableColumns columns = TableColumns.of(lake, dataset, List.of(shape), new StructType());
        Provenance provenance = new Provenance(
                "1", "", new Origin(dataset.topic(), 0, 0, 0), 1, "sha256:training", "training/0", null, null);
        String seq = new SourcePosition(1, 0, true).seq();
        Event read = new Event(seq, 0, Change.Op.READ, Image.of(Map.of("word", KEY)), null, provenance);
        Version version = new Version(read, Image.of(Map.of("word", KEY)), 0, null);
        new DirectCommit(
                        lake.location(lake.tablePath(dataset)),
                        new Configuration(),
                        new DirectCommit.Columns(
                                columns.schema(),
                                TableProperties.of(columns.names().withStatistics(), columns.needMapping())))
                .append(
                        Optional.empty(),
                        List.of(new VersionRows(columns).row("[\"" + KEY + "\"]", version)),
                        DirectCommit.Stamp.repeatable("{}"));
    }
}
