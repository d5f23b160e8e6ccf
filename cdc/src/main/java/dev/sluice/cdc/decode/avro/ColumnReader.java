package dev.sluice.cdc.decode.avro;

import org.jspecify.annotations.Nullable;

/** Reads one value from the wire into the class of its kind. Has no state and is thread-safe. */
@FunctionalInterface
public interface ColumnReader {

    /** The next value; null when the wire says null. */
    @Nullable
    Object read(AvroInput in);
}
