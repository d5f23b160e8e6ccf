package dev.sluice.cdc.capture.table;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.finding.Finding;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes the failures of a table that is read anew, codes {@code CDC-116} to {@code CDC-118}, {@code CDC-121} and {@code
 * CDC-122}.
 */
public final class SnapshotErrors {

    private static final String AGAIN = " Nothing was changed at the table. Then call 'sluice capture snapshot' again.";

    private SnapshotErrors() {}

    /** A new snapshot of the table is under way. */
    public static CaptureException underWay(TableName table) {
        return failure(
                "CDC-116",
                "A new snapshot of the table " + table + " is under way. The table is held until the snapshot is whole"
                        + " and its changes since are captured; then the table flows by itself.",
                null);
    }

    /** A new snapshot of the table is wanted, and no other table is captured. */
    public static CaptureException noOtherTable(TableName table) {
        return failure(
                "CDC-117",
                "The table " + table + " cannot be read anew alone, because no other table of the pipeline is captured."
                        + " Read all tables anew: stop, 'sluice capture reset', start; the history stays.",
                null);
    }

    /** A request in that folder cannot be written, read or deleted. */
    static CaptureException unusableRequest(Path folder, String why, Throwable cause) {
        return failure(
                "CDC-118",
                "A request for a snapshot in the folder " + folder + " " + why
                        + ". Give the folder back to the user that runs sluice, then call 'sluice capture snapshot'"
                        + " again.",
                cause);
    }

    /** A new snapshot of the table was asked for, and the pipeline names the table no more. */
    public static CaptureException notNamed(TableName table) {
        return failure(
                "CDC-121",
                "The table " + table + " is not read anew, because source.tables does not name the table any more."
                        + " Name the table there, then call 'sluice capture snapshot' again.",
                null);
    }

    /** The slot that a new snapshot of the table needs is there, and this home has not made the slot. */
    public static CaptureException slotTaken(TableName table, String slot, String drop) {
        return refused(
                table,
                "the replication slot " + slot + " exists, and this home has not made the slot. When no other program"
                        + " uses the slot, run at the source: " + drop);
    }

    /** A check of the source failed. */
    public static CaptureException refused(TableName table, Finding fault) {
        return refused(table, fault.code() + ", " + fault.place() + ": " + fault.what() + " To do: " + fault.fix());
    }

    private static CaptureException refused(TableName table, String why) {
        return failure("CDC-122", "A new snapshot of the table " + table + " cannot begin: " + why + AGAIN, null);
    }

    private static CaptureException failure(String code, String message, @Nullable Throwable cause) {
        return new CaptureException(code, message, false, cause);
    }
}
