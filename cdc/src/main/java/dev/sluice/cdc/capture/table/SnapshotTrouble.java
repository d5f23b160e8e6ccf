package dev.sluice.cdc.capture.table;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.TableName;
import java.time.Instant;

/**
 * Says why a new snapshot of a table was refused or waits. Stored as JSON beside the requests.
 *
 * @param version version of this format
 * @param table name of the table
 * @param code stable code of the cause
 * @param reason the message of the cause, without the code
 * @param at moment of the cause
 * @param refused whether the request is over; else capture tries again
 */
public record SnapshotTrouble(int version, String table, String code, String reason, String at, boolean refused) {

    /** The version that this release writes. */
    public static final int VERSION = 1;

    /** The trouble of that table for that cause, now. */
    static SnapshotTrouble of(TableName table, CaptureException cause, boolean refused) {
        return new SnapshotTrouble(
                VERSION,
                table.toString(),
                cause.code(),
                cause.text(),
                Instant.now().toString(),
                refused);
    }

    /** The table. */
    public TableName name() {
        return TableName.parse(table);
    }
}
