/**
 * Raw records to change events, each by the writer schema of its id.
 *
 * <p>In order: {@link dev.sluice.cdc.decode.AvroDecoder} takes a raw record apart as {@link
 * dev.sluice.cdc.decode.DecodeSettings} say; {@link dev.sluice.cdc.decode.Topics} tells data from transaction,
 * heartbeat and message topics; {@link dev.sluice.cdc.decode.Frame} strips Confluent's five bytes; {@link
 * dev.sluice.cdc.decode.Shapes} finds or compiles what a schema id means; {@link dev.sluice.cdc.decode.EnvelopeReader}
 * reads Debezium's envelope and {@link dev.sluice.cdc.decode.SourceReader} its source block; {@link
 * dev.sluice.cdc.decode.RowShape} joins row and key; {@link dev.sluice.cdc.decode.EventBuilder} makes the event, and
 * {@link dev.sluice.cdc.decode.Placeholders}, {@link dev.sluice.cdc.decode.KeyOnlyImage} and {@link
 * dev.sluice.cdc.decode.WholeImage} tell values that were not sent from nulls.
 */
@NullMarked
package dev.sluice.cdc.decode;

import org.jspecify.annotations.NullMarked;
