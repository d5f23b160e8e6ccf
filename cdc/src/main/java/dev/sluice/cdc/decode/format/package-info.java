/**
 * The formats of raw records: what turns key, value and links of a record into the one form that is decoded.
 *
 * <p>In here: {@link dev.sluice.cdc.decode.format.RecordFormat} is the port; {@link
 * dev.sluice.cdc.decode.format.RegistryFormat} is Avro with a schema registry; {@link
 * dev.sluice.cdc.decode.format.JsonFormat} is the JSON of Kafka Connect with schemas: {@link
 * dev.sluice.cdc.decode.format.JsonDocument} finds schema and payload, {@link dev.sluice.cdc.decode.format.JsonSchemas}
 * compiles each schema text once, {@link dev.sluice.cdc.decode.format.ConnectSchema} to Avro and {@link
 * dev.sluice.cdc.decode.format.ConnectReaders} (with {@link dev.sluice.cdc.decode.format.ScalarReaders}) to a {@link
 * dev.sluice.cdc.decode.format.ValueReader}.
 *
 * <p>May come in: a further wire format. What a column's type means goes to {@code cdc.decode.avro}.
 *
 * <p>May use: {@code cdc.decode.avro}, {@code cdc.event}, {@code cdc.registry}; Avro, Jackson.
 */
@NullMarked
package dev.sluice.cdc.decode.format;

import org.jspecify.annotations.NullMarked;
