package dev.sluice.cdc.capture.run;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.CaptureConfig;
import dev.sluice.cdc.capture.DebeziumCapture;
import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.epoch.TableSnapshot;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.event.CrashPoint;
import dev.sluice.cdc.registry.SchemaRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A capture of one table that is read anew, beside the capture of all tables. Confined to one thread. */
final class PartialCapture implements AutoCloseable {

    private final CaptureConfig config;
    private final TableSnapshot snapshot;
    private final DebeziumCapture capture;
    private final CatchUp catchUp = new CatchUp();
    private @Nullable Lsn complete;

    private PartialCapture(CaptureConfig config, SchemaRegistry registry, TableSnapshot snapshot) {
        this.config = config;
        this.snapshot = snapshot;
        this.capture = new DebeziumCapture(config, registry);
    }

    /** Stores what the capture is about in its folder, and starts the capture. */
    static PartialCapture start(CaptureConfig config, SchemaRegistry registry, TableSnapshot snapshot) {
        StateFolder.lock(config.stateFolder()).close();
        snapshot.store(config.stateFolder());
        PartialCapture part = new PartialCapture(config, registry, snapshot);
        part.capture.start();
        CrashPoint.reached("CP28");
        return part;
    }

    TableSnapshot snapshot() {
        return snapshot;
    }

    TableName table() {
        return snapshot.name();
    }

    /** The failure that ended this capture, if one did. */
    Optional<CaptureException> failure() {
        return capture.failure();
    }

    /** Whether this capture was closed. */
    boolean isOver() {
        return capture.completion().isDone();
    }

    /** The position up to which this capture has every change of its table; empty before its snapshot is whole. */
    Optional<Lsn> position() {
        return StateFolder.confirmedIn(config.stateFolder()).map(Lsn::parse);
    }

    /**
     * Whether the snapshot is whole, the capture of all tables has passed it, and this capture follows that one
     * closely. To be asked again and again.
     *
     * @param other position of the capture of all tables
     */
    boolean isNear(Lsn other) {
        Lsn own = position().orElse(null);
        if (own == null || !capture.snapshotCompleted().isDone()) {
            return false;
        }
        if (complete == null) {
            complete = own;
            CrashPoint.reached("CP29");
        }
        return !complete.isAfter(other) && catchUp.isNear(own, other, System.nanoTime());
    }

    @Override
    public void close() {
        capture.close();
    }
}
