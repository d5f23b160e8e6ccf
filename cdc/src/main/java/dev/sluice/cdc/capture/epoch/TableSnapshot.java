package dev.sluice.cdc.capture.epoch;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.TableName;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says that a capture reads one table anew beside the capture of all tables, which it joins in the end. Stored as JSON
 * in {@code snapshot.json} of the state folder of the smaller capture.
 *
 * @param version version of this format
 * @param table name of the table
 * @param epoch epoch of its records, above every epoch of the table before
 * @param placeholder text that stands for a value which the log does not hold, the same as in the capture of all tables
 */
public record TableSnapshot(int version, String table, long epoch, String placeholder) {

    /** The version that this release writes. */
    public static final int VERSION = 1;

    /** The snapshot of that table in that epoch. */
    public TableSnapshot(TableName table, long epoch, String placeholder) {
        this(VERSION, table.toString(), epoch, placeholder);
    }

    /** The table. */
    public TableName name() {
        return TableName.parse(table);
    }

    /**
     * A snapshot of that table in a new epoch. One that was interrupted begins again in another epoch, so that rows
     * which it has read count no more.
     *
     * @param stateFolder state folder of the capture of all tables
     */
    public static TableSnapshot next(Path stateFolder, TableName table, String placeholder) {
        long before = of(folder(stateFolder)).map(TableSnapshot::epoch).orElse(0L);
        return new TableSnapshot(table, Math.max(CaptureEpoch.of(stateFolder).last(), before) + 1, placeholder);
    }

    /** Makes the epoch of this snapshot that of the table in the capture of all tables, with that state folder. */
    public void adopt(Path stateFolder) {
        CaptureEpoch.of(stateFolder).with(name(), epoch).store(stateFolder);
    }

    /**
     * What the capture that keeps its state in that folder reads; empty when it captures all tables.
     *
     * @throws CaptureException {@code CDC-057} when the file cannot be read
     */
    public static Optional<TableSnapshot> of(Path folder) {
        return file(folder).read();
    }

    /**
     * Stores the snapshot in that folder, whole and durably.
     *
     * @throws CaptureException {@code CDC-057} when the file cannot be written
     */
    public void store(Path folder) {
        file(folder).replace(this);
    }

    /** State folder of a capture that reads one table anew, inside the state folder of the capture of all tables. */
    public static Path folder(Path stateFolder) {
        return stateFolder.resolve("snapshot");
    }

    /** The table that a capture beside the capture with that state folder reads anew. */
    public static Optional<TableName> running(Path stateFolder) {
        return of(folder(stateFolder)).map(TableSnapshot::name);
    }

    /**
     * Forgets the capture of one table that belongs to the capture with that state folder, if there is one. Its epoch
     * is that of the table from now on, so that no later snapshot takes the number again.
     *
     * @throws CaptureException {@code CDC-057} when a file cannot be read, written or deleted
     */
    public static void retire(Path stateFolder) {
        Path folder = folder(stateFolder);
        of(folder).ifPresent(snapshot -> CaptureEpoch.of(stateFolder)
                .with(snapshot.name(), snapshot.epoch())
                .store(stateFolder));
        file(folder).deleteFolder();
    }

    private static EpochFile<TableSnapshot> file(Path folder) {
        return new EpochFile<>(folder.resolve("snapshot.json"), TableSnapshot.class, TableSnapshot::version, VERSION);
    }
}
