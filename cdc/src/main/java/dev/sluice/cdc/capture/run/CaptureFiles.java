package dev.sluice.cdc.capture.run;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.CaptureState;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.epoch.TableSnapshot;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.table.SnapshotRequests;
import dev.sluice.cdc.event.CrashPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The files of the capture of all tables, and inside its folder those of a smaller capture. What changes them needs
 * that both captures have stopped.
 *
 * @param folder state folder of the capture of all tables
 */
record CaptureFiles(Path folder) {

    /** State folder of the smaller capture. */
    Path part() {
        return TableSnapshot.folder(folder);
    }

    /** Whether there are files of a smaller capture. */
    boolean hasPart() {
        return Files.exists(part());
    }

    /** What is asked of both. */
    SnapshotRequests requests() {
        return SnapshotRequests.in(folder);
    }

    CaptureState state() {
        return StateFolder.known(folder).orElseThrow();
    }

    /** The position that the capture of all tables has confirmed. */
    Lsn position() {
        return StateFolder.confirmedIn(folder).map(Lsn::parse).orElseThrow();
    }

    /** The table that is held for a snapshot of its own, if there is one. */
    Optional<TableName> underWay() {
        return state().publication().held().keySet().stream()
                .map(TableName::parse)
                .filter(this::isUnderWay)
                .findFirst();
    }

    boolean isUnderWay(TableName table) {
        return state().readsAnew(table);
    }

    /** The table that is read anew, whether or not its capture runs at the moment. */
    Optional<TableName> running() {
        return TableSnapshot.running(folder).filter(this::isUnderWay);
    }

    /** The snapshot of that table that is to go on, or a new one. */
    TableSnapshot snapshot(TableName table) {
        return TableSnapshot.of(part())
                .filter(known -> StateFolder.confirmedIn(part()).isPresent())
                .orElseGet(() -> TableSnapshot.next(folder, table, state().placeholder()));
    }

    /** Holds the table for that cause, behind what is confirmed now. */
    void hold(TableName table, CaptureException cause) {
        change(state -> state.withHeld(table, cause, position()));
    }

    /**
     * Takes the table of the smaller capture into the capture of all tables. The state of that one changes last, so
     * after a kill all of this is done again.
     */
    void join(TableSnapshot snapshot) {
        snapshot.adopt(folder);
        CrashPoint.reached("CP30");
        CaptureState own = StateFolder.known(part()).orElseThrow();
        try (StateFolder one = StateFolder.lock(part());
                StateFolder all = StateFolder.lock(folder)) {
            all.writingAsWellAs(one);
        }
        change(state -> state.joinedBy(snapshot.name(), own));
    }

    /** Forgets the smaller capture. */
    void retire() {
        TableSnapshot.retire(folder);
    }

    private void change(UnaryOperator<CaptureState> change) {
        try (StateFolder locked = StateFolder.lock(folder)) {
            locked.save(change.apply(locked.state().orElseThrow()));
        }
    }
}
