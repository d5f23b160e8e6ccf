package dev.sluice.cdc.capture.cut;

import dev.sluice.cdc.capture.postgres.Lsn;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the offset that the engine gives with a record.
 *
 * @param change position of the change, when the engine knows one
 * @param commit end of the last transaction before the record that was committed, when there is one
 * @param transaction number of the transaction, 0 when there is none
 * @param snapshot where the record stands in a snapshot
 */
public record EngineOffset(Optional<Lsn> change, Optional<Lsn> commit, long transaction, Snapshot snapshot) {

    /** Says where a record stands in a snapshot. */
    public enum Snapshot {
        /** The record is of the log. */
        NONE,
        /** Other records of the snapshot follow. */
        INSIDE,
        /** The record is the last of the snapshot. */
        LAST
    }

    /** Returns the offset of that record. */
    public static EngineOffset of(SourceRecord record) {
        return of(record.sourceOffset());
    }

    static EngineOffset of(Map<String, ?> offset) {
        return new EngineOffset(
                position(offset.get("lsn")),
                position(offset.get("lsn_commit")),
                offset.get("txId") instanceof Long number ? number : 0,
                snapshot(offset));
    }

    /** Returns the position that may be confirmed after the record: the commit, or the change when there is none. */
    public Optional<Lsn> confirmable() {
        return commit.or(() -> change);
    }

    private static Optional<Lsn> position(@Nullable Object value) {
        return value instanceof Long position ? Optional.of(new Lsn(position)) : Optional.empty();
    }

    private static Snapshot snapshot(Map<String, ?> offset) {
        if (offset.get("snapshot") == null) {
            return Snapshot.NONE;
        }
        boolean last = Boolean.TRUE.equals(offset.get("last_snapshot_record"))
                || Boolean.TRUE.equals(offset.get("snapshot_completed"));
        return last ? Snapshot.LAST : Snapshot.INSIDE;
    }
}
