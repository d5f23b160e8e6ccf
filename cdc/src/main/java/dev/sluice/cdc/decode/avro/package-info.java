/**
 * Avro's binary form to the values of {@link dev.sluice.cdc.event.DataType}, strictly and within limits.
 *
 * <p>In order: {@link dev.sluice.cdc.decode.avro.AvroInput} reads the bytes; {@link
 * dev.sluice.cdc.decode.avro.ColumnCompiler} turns the writer schema of a column into a {@link
 * dev.sluice.cdc.decode.avro.AvroColumn} with its reader (scalars, {@link
 * dev.sluice.cdc.decode.avro.TemporalReaders}, {@link dev.sluice.cdc.decode.avro.DecimalReaders}); {@link
 * dev.sluice.cdc.decode.avro.RowReader} reads a record of columns; {@link dev.sluice.cdc.decode.avro.Skip} passes
 * over what nobody asks for. What is wrong with a record is a {@link dev.sluice.cdc.decode.avro.BadRecord} with a
 * {@link dev.sluice.cdc.decode.avro.DecodeCode}; it never leaves the decoder. Format: Apache Avro 1.12 specification,
 * section "Binary Encoding".
 */
@NullMarked
package dev.sluice.cdc.decode.avro;

import org.jspecify.annotations.NullMarked;
