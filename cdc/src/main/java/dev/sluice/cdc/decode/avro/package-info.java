/**
 * Reads Avro's binary form into the values of {@link dev.sluice.cdc.event.DataType}, strictly and within limits.
 *
 * <p>In here: {@link dev.sluice.cdc.decode.avro.WriterSchema} parses a schema; {@link
 * dev.sluice.cdc.decode.avro.AvroInput} reads bytes within {@link dev.sluice.cdc.decode.avro.DecodeLimits}; {@link
 * dev.sluice.cdc.decode.avro.ColumnCompiler} compiles the schema of a column to an {@link
 * dev.sluice.cdc.decode.avro.AvroColumn} with its {@link dev.sluice.cdc.decode.avro.ColumnReader} ({@link
 * dev.sluice.cdc.decode.avro.TextReaders}, {@link dev.sluice.cdc.decode.avro.TemporalReaders}, {@link
 * dev.sluice.cdc.decode.avro.DecimalReaders}, {@link dev.sluice.cdc.decode.avro.GeometryReaders}); {@link
 * dev.sluice.cdc.decode.avro.RowReader} reads a record of columns, whose names {@link
 * dev.sluice.cdc.decode.avro.ColumnNames} finds; {@link dev.sluice.cdc.decode.avro.Skip} passes over
 * values that are not needed; {@link dev.sluice.cdc.decode.avro.BadRecord} carries a defect and its {@link
 * dev.sluice.cdc.decode.avro.DecodeCode} to the decoder and never leaves it. Format: Apache Avro 1.12 specification,
 * section "Binary Encoding".
 *
 * <p>May come in: a reader of a further type. What the envelope of Debezium means goes to {@code cdc.decode}.
 *
 * <p>May use: {@code cdc.event}, {@code cdc.exact}; Avro, Jackson (for quoting).
 */
@NullMarked
package dev.sluice.cdc.decode.avro;

import org.jspecify.annotations.NullMarked;
