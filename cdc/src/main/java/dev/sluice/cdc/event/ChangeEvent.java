package dev.sluice.cdc.event;

import java.util.Optional;

/**
 * Holds a decoded change of one row, or a truncate of one table.
 *
 * @param origin where the record stands in the transport
 * @param source where the change comes from
 * @param schema the fields of the row images
 * @param change what happened, with images of that schema
 * @param keys the row's key, and the link to another key when the key itself changed
 */
public record ChangeEvent(Origin origin, Source source, RowSchema schema, Change change, Keys keys)
        implements SourceMessage {

    /**
     * Holds the key of the row. Its fields are the fields of {@link #schema()} that are marked as key, in key order.
     *
     * @param key the key; null only for a truncate
     * @param movedFrom the old key, when this insert is the second half of a key change
     * @param movedTo the new key, when this delete is the first half of a key change
     */
    public record Keys(@Nullable Row key, @Nullable Row movedFrom, @Nullable Row movedTo)
            implements java.io.Serializable {

        /** A key that did not change. */
        public static Keys of(Row key) {
            return new Keys(key, null, null);
        }

        /** No key: a truncate. */
        public static Keys none() {
            return new Keys(null, null, null);
        }

        /** The key, empty for a truncate. */
        public Optional<Row> row() {
            return Optional.ofNullable(key);
        }
    }
}
