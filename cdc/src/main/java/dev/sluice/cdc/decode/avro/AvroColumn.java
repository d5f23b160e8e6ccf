package dev.sluice.cdc.decode.avro;

import dev.sluice.cdc.event.DataType;

/**
 * Describes a column as the writer schema declares it.
 *
 * @param name column name
 * @param type type of the values
 * @param nullable whether the wire can say null
 * @param unsent what stands on the wire for a value that the source did not send
 * @param reader reads the value
 */
public record AvroColumn(String name, DataType type, boolean nullable, Unsent unsent, ColumnReader reader) {

    /**
     * Says what Debezium puts in the place of a value that the source did not send. PostgreSQL stores large values
     * apart from the row (TOAST) and does not log them when an update does not change them.
     */
    public enum Unsent {
        /** The type is never stored apart. */
        NEVER,
        /** The configured placeholder, in a form that fits the type. */
        STAND_IN,
        /** The placeholder or null, which the type does not tell: several types of the source have this one. */
        EITHER,
        /** Null, or the empty value where null is not allowed: it looks like a real value. */
        SILENT
    }
}
