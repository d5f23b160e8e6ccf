package dev.sluice.deploy.ask;

import dev.sluice.cdc.capture.CaptureState;
import dev.sluice.cdc.capture.CaptureState.HeldTable;
import dev.sluice.cdc.capture.CaptureState.Loss;
import dev.sluice.cdc.capture.CaptureState.TableIdentity;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.server.SlotSpace;
import dev.sluice.cdc.capture.server.SlotSpaceFile;
import dev.sluice.cdc.capture.table.SnapshotRequests;
import dev.sluice.cdc.capture.table.SnapshotTrouble;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the capture of a home does with each table, as its state files say. No question to the source: what the
 * slot keeps is the newest reading.
 *
 * @param tables the tables that capture knows, by name
 * @param slot name of the replication slot, null when no capture has run
 * @param space the newest reading of the slot, null when there is none
 */
public record CaptureStatus(List<CapturedTable> tables, @Nullable String slot, @Nullable SlotSpace space) {

    public CaptureStatus {
        tables = List.copyOf(tables);
    }

    /** What becomes of the changes of a table. */
    public enum CapturePhase {
        /** The snapshot is not complete, and no gateway runs. */
        PENDING,
        /** The snapshot is being read. */
        READING,
        /** Changes are captured. */
        STREAMING,
        /** Changes wait in the log of the source, because no gateway runs. */
        STOPPED,
        /** The table is held. */
        HELD;

        /** The state as users read it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Why a table is held.
     *
     * @param code stable code of the cause
     * @param reason the message of the cause
     * @param since when the hold began
     */
    public record Held(String code, String reason, Instant since) {

        /** The next command of the operator. */
        public String next() {
            return "sluice explain " + code;
        }
    }

    /** How far a new snapshot of a table is. */
    public enum SnapshotPhase {
        /** The snapshot is asked for, and has not begun. */
        ASKED,
        /** The snapshot is being read, or its changes since are captured. */
        RUNNING,
        /** Something is in the way, and capture tries again. */
        WAITING,
        /** The snapshot cannot begin or go on, and the request is over. */
        REFUSED;

        /** The phase as users read it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A new snapshot of a table.
     *
     * @param state how far the snapshot is
     * @param reason why the snapshot waits or was refused, with the code; null else
     */
    public record NewSnapshot(SnapshotPhase state, @Nullable String reason) {}

    /**
     * A table of the source.
     *
     * @param table {@code schema.table}
     * @param state what becomes of its changes
     * @param held why it is held, null when it is not
     * @param id object id in the database when capture saw the table last, null when it has no snapshot
     * @param topic its raw topic
     * @param capturedTo position up to which its changes are in the topic, null when it has no snapshot
     * @param staleFrom position since which rows have values that no change told, null when there are none
     * @param snapshot the new snapshot that was asked for last, null when none was or it is whole
     */
    public record CapturedTable(
            String table,
            CapturePhase state,
            @Nullable Held held,
            @Nullable Long id,
            String topic,
            @Nullable String capturedTo,
            @Nullable String staleFrom,
            @Nullable NewSnapshot snapshot) {}

    /**
     * The status of the capture of that home; without tables when no capture has run.
     *
     * @throws dev.sluice.cdc.CaptureException {@code CDC-004} when the state cannot be read
     */
    static CaptureStatus of(Home home) {
        Path folder = Pipeline.captureState(home);
        Optional<CaptureState> state = StateFolder.stateIn(folder);
        if (state.isEmpty()) {
            return new CaptureStatus(List.of(), null, null);
        }
        String confirmed = StateFolder.confirmedIn(folder).orElse(null);
        boolean running = HomeLock.isTaken(home);
        TreeSet<String> names = new TreeSet<>(state.get().publication().tables().keySet());
        names.addAll(state.get().publication().held().keySet());
        List<CapturedTable> tables = new ArrayList<>();
        Map<String, NewSnapshot> snapshots = snapshots(folder, state.get());
        names.forEach(name -> tables.add(table(state.get(), name, confirmed, running, snapshots.get(name))));
        return new CaptureStatus(
                tables,
                state.get().slot().name(),
                SlotSpaceFile.in(folder).read().orElse(null));
    }

    private static Map<String, NewSnapshot> snapshots(Path folder, CaptureState state) {
        Map<String, NewSnapshot> snapshots = new HashMap<>();
        SnapshotRequests requests = SnapshotRequests.in(folder);
        requests.open().forEach(asked -> snapshots.put(asked.toString(), new NewSnapshot(SnapshotPhase.ASKED, null)));
        for (String table : state.publication().held().keySet()) {
            if (state.readsAnew(TableName.parse(table))) {
                snapshots.put(table, new NewSnapshot(SnapshotPhase.RUNNING, null));
            }
        }
        for (SnapshotTrouble trouble : requests.troubles()) {
            SnapshotPhase phase = trouble.refused() ? SnapshotPhase.REFUSED : SnapshotPhase.WAITING;
            snapshots.put(trouble.table(), new NewSnapshot(phase, trouble.code() + " " + trouble.reason()));
        }
        return snapshots;
    }

    private static CapturedTable table(
            CaptureState state,
            String name,
            @Nullable String confirmed,
            boolean running,
            @Nullable NewSnapshot snapshot) {
        HeldTable hold = state.publication().held().get(name);
        TableIdentity identity = state.publication().tables().get(name);
        return new CapturedTable(
                name,
                hold == null ? flowing(confirmed != null, running) : CapturePhase.HELD,
                hold == null ? null : new Held(hold.code(), hold.reason(), Instant.parse(hold.since())),
                identity == null ? null : identity.form().id(),
                state.source() + "." + name,
                hold == null || hold.loss() == Loss.NONE ? confirmed : hold.from(),
                state.publication().stale().get(name),
                snapshot);
    }

    private static CapturePhase flowing(boolean complete, boolean running) {
        if (complete) {
            return running ? CapturePhase.STREAMING : CapturePhase.STOPPED;
        }
        return running ? CapturePhase.READING : CapturePhase.PENDING;
    }
}
