package dev.sluice.cdc.capture.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says how much log a server keeps for a replication slot.
 *
 * @param slot name of the slot
 * @param at time of the reading
 * @param status wal_status: reserved, extended, unreserved or lost
 * @param retained bytes of log that the server keeps for the slot
 * @param limit bytes that the server keeps at most ({@code max_slot_wal_keep_size}), null without a limit: then a slot
 *     that does not move fills the disk of the server
 * @param warnAt bytes from which on a person is warned
 */
public record SlotSpace(String slot, Instant at, String status, long retained, @Nullable Long limit, long warnAt) {

    /** Names why a person has to look at the slot. */
    enum Concern {
        /** All is well. */
        NONE("The replication slot keeps little log again."),
        /** The server keeps more than the pipeline file calls much. */
        MUCH("Without a limit the log can fill the disk of the server. Look why capture does not confirm changes."),
        /** The server keeps more than half of its limit. */
        NEAR_LIMIT("At the limit the server removes log that the slot needs, and a new snapshot is needed. Look why"
                + " capture does not confirm changes, or raise max_slot_wal_keep_size."),
        /** The server keeps more than its limit and may remove log at any time. */
        UNRESERVED("The next checkpoint of the server can remove log that the slot needs. Raise max_slot_wal_keep_size"
                + " now, and look why capture does not confirm changes."),
        /** The server removed log that the slot needs. */
        LOST("The server removed log that the slot needs, so changes are lost. Begin the capture anew with"
                + " 'sluice capture reset'.");

        private final String text;

        Concern(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Reads the slot; empty when the slot does not exist. */
    static Optional<SlotSpace> read(Connection connection, String slot, Instant at, long warnAt) throws SQLException {
        String sql = "SELECT coalesce(s.wal_status, ''),"
                + " coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn), 0)::bigint,"
                + " (SELECT setting::bigint * 1048576 FROM pg_settings WHERE name = 'max_slot_wal_keep_size'"
                + " AND setting::bigint >= 0) FROM pg_replication_slots s WHERE s.slot_name = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long limit = row.getLong(3);
                Long known = row.wasNull() ? null : limit;
                return Optional.of(new SlotSpace(slot, at, row.getString(1), row.getLong(2), known, warnAt));
            }
        }
    }

    /** Why a person has to look at the slot. */
    Concern concern() {
        if (status.equals("lost")) {
            return Concern.LOST;
        }
        if (status.equals("unreserved")) {
            return Concern.UNRESERVED;
        }
        if (limit != null && retained > limit / 2) {
            return Concern.NEAR_LIMIT;
        }
        return retained > warnAt ? Concern.MUCH : Concern.NONE;
    }

    /** Why a person has to look at the slot and what to do, after the code; empty while all is well. */
    public Optional<String> warning() {
        if (concern() == Concern.NONE) {
            return Optional.empty();
        }
        String most = limit == null ? "" : " of at most " + megabytes(limit);
        return Optional.of(
                "CDC-054 The server keeps " + megabytes(retained) + most + " of log for the replication slot " + slot
                        + " (wal_status " + status + "). " + concern().text());
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }
}
