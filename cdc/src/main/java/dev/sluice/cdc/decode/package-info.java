/**
 * Decodes raw records to change events, each record by the writer schema of its own id.
 *
 * <p>In here: {@link dev.sluice.cdc.decode.AvroDecoder} decodes a raw record, as {@link
 * dev.sluice.cdc.decode.DecodeSettings} say; {@link dev.sluice.cdc.decode.Topics} tells data topics from transaction,
 * heartbeat and message topics; {@link dev.sluice.cdc.decode.Frame} reads the schema id; {@link
 * dev.sluice.cdc.decode.Shapes} compiles a schema id once; {@link dev.sluice.cdc.decode.EnvelopeReader} reads a {@link
 * dev.sluice.cdc.decode.DebeziumEnvelope} and {@link dev.sluice.cdc.decode.SourceReader} its source block; {@link
 * dev.sluice.cdc.decode.Positions} reads position, transaction and commit time; {@link dev.sluice.cdc.decode.RowShape}
 * joins row and key, {@link dev.sluice.cdc.decode.TextKey} reads a key that a header holds as text; {@link
 * dev.sluice.cdc.decode.EventBuilder} makes the event; {@link dev.sluice.cdc.decode.Placeholders}, {@link
 * dev.sluice.cdc.decode.KeyOnlyImage} and {@link dev.sluice.cdc.decode.WholeImage} tell values that the source did not
 * send from nulls.
 *
 * <p>May come in: what turns a record of Debezium's envelope into an event. A type of a column goes to
 * {@code cdc.decode.avro}; another wire format goes to {@code cdc.decode.format}.
 *
 * <p>May use: {@code cdc}, {@code cdc.decode.avro}, {@code cdc.decode.binlog}, {@code cdc.decode.format}, {@code
 * cdc.event}, {@code cdc.registry}; Avro, Jackson.
 */
@NullMarked
package dev.sluice.cdc.decode;

import org.jspecify.annotations.NullMarked;
