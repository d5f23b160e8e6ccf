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

    /** Why a person has to look at the slot, with the code and what to do; empty while all is well. */
    public Optional<String> warning() {
        if (status.equals("lost")) {
            return Optional.of(text("The server removed log that the slot needs; changes are lost. Begin the capture"
                    + " anew with 'sluice capture reset'."));
        }
        if (status.equals("unreserved")) {
            return Optional.of(text("The next checkpoint of the server can remove log that the slot needs. Raise"
                    + " max_slot_wal_keep_size now, and look why capture does not confirm changes."));
        }
        if (limit != null && retained > limit / 2) {
            return Optional.of(text("At the limit the server removes log that the slot needs, and a new snapshot is"
                    + " needed. Look why capture does not confirm changes, or raise max_slot_wal_keep_size."));
        }
        if (retained > warnAt) {
            return Optional.of(text(
                    limit == null
                            ? "There is no limit, so the log can fill the disk of the server. Look why capture does not"
                                    + " confirm changes, or set max_slot_wal_keep_size."
                            : "Look why capture does not confirm changes."));
        }
        return Optional.empty();
    }

    private String text(String consequence) {
        String most = limit == null ? "" : " of at most " + megabytes(limit);
        return "CDC-054 The server keeps " + megabytes(retained) + most + " of log for the replication slot " + slot
                + " (wal_status " + status + "). " + consequence;
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }
}
