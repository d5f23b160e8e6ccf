package dev.sluice.cdc.capture.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.capture.CaptureState;
import dev.sluice.cdc.capture.CaptureState.HeldTable;
import dev.sluice.cdc.capture.CaptureState.TableIdentity;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.epoch.CaptureEpoch;
import dev.sluice.cdc.capture.epoch.TableSnapshot;
import dev.sluice.cdc.capture.postgres.TableForm;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.SnapshotErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureFilesTest {

    private static final TableName ITEM = new TableName("public", "item");
    private static final TableName STEADY = new TableName("public", "steady");
    private static final TableIdentity WHOLE = new TableIdentity(1, List.of(1), List.of(), TableForm.none());
    private static final TableIdentity OWN = new TableIdentity(2, List.of(1, 2), List.of(), TableForm.none());

    @TempDir
    private Path folder;

    private CaptureFiles files;

    @BeforeEach
    void holdsTheTable() {
        files = new CaptureFiles(folder);
        HeldTable hold = new HeldTable(
                SnapshotErrors.underWay(ITEM).code(),
                "under way",
                "2026-11-01T00:00:00Z",
                "0/10",
                CaptureState.Loss.UNTIL_SNAPSHOT);
        save(
                folder,
                Map.of(ITEM.toString(), WHOLE, STEADY.toString(), WHOLE),
                Map.of(ITEM.toString(), hold),
                Map.of(ITEM.toString(), "0/5", STEADY.toString(), "0/6"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, 0/6", "0/90, 0/6"})
    void takesOverWhatTheSmallerCaptureKnows(String stale, String other) {
        save(
                files.part(),
                Map.of(ITEM.toString(), OWN),
                Map.of(),
                stale == null ? Map.of() : Map.of(ITEM.toString(), stale));
        TableSnapshot snapshot = new TableSnapshot(ITEM, 7, "secret");
        snapshot.store(files.part());

        files.join(snapshot);
        files.join(snapshot);

        CaptureState.Publication joined = files.state().publication();
        assertThat(joined.held()).isEmpty();
        assertThat(joined.tables()).isEqualTo(Map.of(ITEM.toString(), OWN, STEADY.toString(), WHOLE));
        assertThat(joined.stale().get(ITEM.toString())).isEqualTo(stale);
        assertThat(joined.stale().get(STEADY.toString())).isEqualTo(other);
        assertThat(CaptureEpoch.of(folder).of(ITEM)).isEqualTo(7);
        assertThat(CaptureEpoch.of(folder).of(STEADY)).isZero();
        assertThat(files.running()).isEmpty();
    }

    /** Up to where changes are in the topics: the capture of all tables, the smaller one, then after the join. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-,0/30,0/30", "0/20,0/30,0/30", "0/40,0/30,0/40", "0/40,-,0/40"})
    void keepsTheFarthestChangeThatMayBeInTheTopics(String whole, String part, String joined) throws IOException {
        save(files.part(), Map.of(ITEM.toString(), OWN), Map.of(), Map.of());
        written(folder, whole);
        written(files.part(), part);

        files.join(new TableSnapshot(ITEM, 7, "secret"));

        assertThat(Files.readString(folder.resolve("written.json"))).contains("\"" + joined + "\"");
    }

    @Test
    void knowsAJoinThatIsNotDone() {
        assertThat(files.underWay()).contains(ITEM);
        assertThat(files.hasPart()).isFalse();
        assertThat(files.running()).isEmpty();

        StateFolder.lock(files.part()).close();
        new TableSnapshot(ITEM, 7, "secret").store(files.part());

        assertThat(files.hasPart()).isTrue();
        assertThat(files.running()).contains(ITEM);
        assertThat(files.snapshot(ITEM).epoch())
                .as("rows of an interrupted try do not count")
                .isEqualTo(8);
    }

    private static void save(
            Path folder, Map<String, TableIdentity> tables, Map<String, HeldTable> held, Map<String, String> stale) {
        try (StateFolder state = StateFolder.lock(folder)) {
            state.save(new CaptureState(
                    CaptureState.VERSION,
                    "shop",
                    new CaptureState.Server("77", 1, 5),
                    new CaptureState.Slot("sluice_shop", "0/1", "0/2"),
                    new CaptureState.Publication("sluice_shop", 1, "1", tables, held, stale),
                    1,
                    "0/2",
                    "secret"));
        }
    }

    private static void written(Path folder, String commit) throws IOException {
        for (String text : Stream.ofNullable(commit).toList()) {
            Files.writeString(
                    folder.resolve("written.json"), "{\"version\":1,\"commit\":\"" + text + "\",\"open\":null}");
        }
    }
}
