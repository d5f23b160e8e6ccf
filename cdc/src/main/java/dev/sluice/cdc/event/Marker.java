package dev.sluice.cdc.event;

/**
 * Holds a record that carries no row; the gateway counts such a record as filtered and drops it.
 *
 * @param origin where the record stands
 * @param kind what it marks
 * @param detail transaction id for transaction markers, else empty; never a data value
 */
public record Marker(Origin origin, MarkerKind kind, String detail) implements SourceMessage {

    /** Lists what a marker can mark. */
    public enum MarkerKind {
        /** Null value after a delete, for log compaction. */
        TOMBSTONE,
        TRANSACTION_BEGIN,
        TRANSACTION_END,
        HEARTBEAT
    }
}
