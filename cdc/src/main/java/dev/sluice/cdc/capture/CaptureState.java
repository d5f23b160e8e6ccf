package dev.sluice.cdc.capture;

import dev.sluice.cdc.capture.postgres.Lsn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what capture knows about its source beside the offsets, so that a start notices another server, another slot of
 * the same name, or a table that left the publication for a while. Stored as JSON by {@link StateFolder}; {@link
 * #VERSION} grows when the meaning of a field changes.
 *
 * @param version version of this format
 * @param source name of the source
 * @param server the server and database
 * @param slot the slot, without positions until the snapshot's first record
 * @param publication the publication
 * @param snapshots how many snapshots were begun; more than one means that an earlier one was interrupted
 * @param firstSnapshot where the first snapshot stood; equal to the slot's start unless a snapshot was begun again
 * @param placeholder the secret text that stands for a value which the log does not hold
 */
public record CaptureState(
        int version,
        String source,
        Server server,
        Slot slot,
        Publication publication,
        int snapshots,
        @Nullable String firstSnapshot,
        String placeholder) {

    /** The version that this release writes. */
    public static final int VERSION = 2;

    /**
     * Identifies the server and the database.
     *
     * @param system system identifier
     * @param timeline timeline
     * @param database object id of the database
     */
    public record Server(String system, long timeline, long database) {}

    /**
     * Holds the slot as it was when it was new.
     *
     * @param name slot name
     * @param restart oldest position that it kept; every streamed change lies at or after it
     * @param consistent position from which it streams commits
     */
    public record Slot(String name, @Nullable String restart, @Nullable String consistent) {}

    /**
     * Holds the publication as it was when the slot was new.
     *
     * @param name publication name
     * @param id object id
     * @param members object id of each table's membership, 0 when the publication is for all tables
     * @param keys numbers of the columns of each table's primary key, in the order of the key
     */
    public record Publication(String name, long id, Map<String, Long> members, Map<String, List<Integer>> keys) {

        public Publication {
            members = Map.copyOf(members);
            keys = Map.copyOf(keys);
        }
    }

    /** The same with another timeline of the server. */
    CaptureState withServer(Server now) {
        return new CaptureState(version, source, now, slot, publication, snapshots, firstSnapshot, placeholder);
    }

    /** Whether the slot's first positions are known. */
    boolean slotSeen() {
        return slot.restart() != null;
    }

    /** The same with the positions of the new slot. */
    CaptureState withSlot(Lsn restart, Lsn consistent) {
        String first = firstSnapshot == null ? consistent.toString() : firstSnapshot;
        Slot seen = new Slot(slot.name(), restart.toString(), consistent.toString());
        return new CaptureState(version, source, server, seen, publication, snapshots, first, placeholder);
    }

    /** The same state at the beginning of a further snapshot with a new slot. */
    CaptureState withSnapshotAgain(Server now, Publication published) {
        Slot unseen = new Slot(slot.name(), null, null);
        return new CaptureState(version, source, now, unseen, published, snapshots + 1, firstSnapshot, placeholder);
    }
}
