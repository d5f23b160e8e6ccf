package dev.sluice.cdc.capture.postgres;

import java.util.Optional;

/**
 * Describes a replication slot as the server shows it.
 *
 * @param plugin output plugin, empty for a physical slot
 * @param database database that the slot belongs to
 * @param restart oldest log position that the slot keeps; decoded changes lie at or after it
 * @param confirmed position up to which the consumer confirmed; changes committed before it are never sent again
 * @param holder process that uses the slot now
 * @param state wal_status and what the slot keeps from removal
 */
public record SlotFacts(
        String plugin,
        String database,
        Optional<Lsn> restart,
        Optional<Lsn> confirmed,
        Optional<Integer> holder,
        Retention state) {

    /**
     * Describes the log that the slot keeps from removal.
     *
     * @param status wal_status: reserved, extended, unreserved or lost
     * @param retainedBytes log kept for the slot
     * @param safeBytes log that can still be written before the slot is lost; negative when there is no limit
     */
    public record Retention(String status, long retainedBytes, long safeBytes) {

        /** Whether the log that the slot needs is gone. */
        public boolean lost() {
            return "lost".equals(status);
        }
    }
}
