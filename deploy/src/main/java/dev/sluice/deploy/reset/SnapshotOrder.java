package dev.sluice.deploy.reset;

import dev.sluice.cdc.capture.CaptureState;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.SnapshotErrors;
import dev.sluice.cdc.capture.table.SnapshotRequests;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Asks the capture of a pipeline to read tables anew and to keep their history. A capture that runs does so within
 * seconds, any other at its next start; the other tables go on meanwhile.
 */
public final class SnapshotOrder {

    private final Path stateFolder;
    private final List<TableName> known;

    /**
     * An order that was not given.
     *
     * @param source the database that the pipeline captures
     */
    public SnapshotOrder(Home home, Pipeline pipeline, Pipeline.Database source) {
        this.stateFolder = Pipeline.captureState(home);
        this.known = pipeline.capture(source, home).source().selection().among(met(stateFolder));
    }

    /** The tables that capture has met: only these can be named by a pattern. */
    private static List<TableName> met(Path stateFolder) {
        return StateFolder.known(stateFolder).map(CaptureState::publication).stream()
                .flatMap(known -> Stream.concat(known.tables().keySet().stream(), known.held().keySet().stream()))
                .map(TableName::parse)
                .toList();
    }

    /**
     * Gives the order for these tables, or for none of them, and answers what was done, a sentence for each table.
     *
     * @param tables names as in {@code source.tables}
     * @throws DeployException {@code DEP-152} when the pipeline does not capture a table, {@code DEP-153} when nothing
     *     was captured yet
     * @throws dev.sluice.cdc.CaptureException {@code CDC-117} when no other table is captured
     */
    public List<String> give(List<String> tables) {
        List<TableName> wanted = tables.stream().map(this::wanted).toList();
        CaptureState state = StateFolder.known(stateFolder).orElseThrow(SnapshotOrder::nothingYet);
        for (TableName table : wanted) {
            if (state.capturedTables().stream().allMatch(table::equals)) {
                throw SnapshotErrors.noOtherTable(table);
            }
        }
        List<String> done = new ArrayList<>();
        for (TableName table : wanted) {
            SnapshotRequests.in(stateFolder).add(table);
            done.add("Asked for a new snapshot of " + table + ". "
                    + (state.readsAnew(table)
                            ? "One is under way; it ends first, then the table is read once more."
                            : "A gateway that runs begins within seconds, otherwise the next start does."));
        }
        return done;
    }

    private TableName wanted(String text) {
        return known.stream()
                .filter(table -> table.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new DeployException(
                        "DEP-152",
                        "The pipeline does not capture a table " + text + ". Name one as in source.tables: "
                                + String.join(
                                        ", ",
                                        known.stream().map(TableName::toString).toList())
                                + "."));
    }

    private static DeployException nothingYet() {
        return new DeployException(
                "DEP-153",
                "This home has captured nothing yet, so nothing can be read anew. The first start reads all tables:"
                        + " run 'sluice run'.");
    }
}
