package dev.sluice.cdc.capture.cut;

import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Finds the records at which a position may be confirmed: the end of a transaction, a heartbeat between transactions,
 * the end of the snapshot. Capture never stores a position inside a transaction or inside an unfinished snapshot, so
 * every resume begins with a whole transaction and gives its events the same numbers as before. Confined to one thread.
 */
public final class CommitBoundary {
    private final String transactions;
    private final String heartbeats;
    private boolean open;

    /**
     * The boundaries in the records of one run of the engine.
     *
     * @param transactions the topic with begin and end of transactions
     * @param heartbeats the topic with heartbeats
     */
    public CommitBoundary(String transactions, String heartbeats) {
        this.transactions = transactions;
        this.heartbeats = heartbeats;
    }

    /** Takes the next record in order and says whether the position may be confirmed after it. */
    public boolean after(SourceRecord record) {
        if (transactions.equals(record.topic()) && record.value() instanceof Struct marker) {
            open = !"END".equals(marker.getString("status"));
        }
        return !open && EngineOffset.of(record).snapshot() != EngineOffset.Snapshot.INSIDE;
    }

    /** Whether the last record that was taken is inside a transaction. */
    public boolean isOpen() {
        return open;
    }

    /** Whether the record belongs to a transaction of the log: it is neither a snapshot's nor a heartbeat. */
    public boolean isOfTransaction(SourceRecord record) {
        return EngineOffset.of(record).snapshot() == EngineOffset.Snapshot.NONE && !heartbeats.equals(record.topic());
    }
}
