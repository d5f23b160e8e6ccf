package dev.sluice.cdc.event;

import java.io.Serializable;
import java.util.List;

/**
 * Holds an undecoded record: the bytes as the transport holds them, and where they stand. Holds clear personal data; a
 * raw record is never logged, and its {@code toString} shows coordinates only.
 *
 * @param origin where the record stands
 * @param key record key, null when the record has none
 * @param value record value, null for a tombstone
 * @param headers record headers in order
 */
public record RawRecord(Origin origin, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers)
        implements Serializable {

    public RawRecord {
        headers = List.copyOf(headers);
    }

    /**
     * Holds a record header.
     *
     * @param name header name
     * @param value header bytes, null when absent
     */
    public record Header(String name, byte @Nullable [] value) implements Serializable {
        @Override
        public String toString() {
            return "Header[" + name + "]";
        }
    }

    @Override
    public String toString() {
        return "RawRecord[" + origin.coordinates() + "]";
    }
}
