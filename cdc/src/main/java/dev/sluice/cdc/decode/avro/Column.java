package dev.sluice.cdc.decode.avro;

import dev.sluice.cdc.event.DataType;

/**
 * A column as the writer schema declares it.
 *
 * @param name column name
 * @param type type of the values
 * @param nullable whether the wire can say null
 * @param storedApart whether PostgreSQL can store the value apart from the row (TOAST), so that an update may not
 * send it
 * @param reader reads the value
 */
public record Column(String name, DataType type, boolean nullable, boolean storedApart, ColumnReader reader) {}
