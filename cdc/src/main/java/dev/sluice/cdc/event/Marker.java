package dev.sluice.cdc.event;

/**
 * A record that carries no row: it is counted as filtered and goes no further.
 *
 * @param origin where the record stands
 * @param kind what it marks
 * @param detail transaction id for transaction markers, else empty; never a data value
 */
public record Marker(Origin origin, MarkerKind kind, String detail) implements SourceMessage {

    /** What a marker marks. */
    public enum MarkerKind {
        /** Null value after a delete, for log compaction. */
        TOMBSTONE,
        TRANSACTION_BEGIN,
        TRANSACTION_END,
        HEARTBEAT
    }
}
