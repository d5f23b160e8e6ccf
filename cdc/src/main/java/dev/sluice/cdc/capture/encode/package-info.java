/**
 * Encodes the records of the engine as Avro in the Confluent wire format, with schemas that the registry keeps.
 *
 * <p>In here: {@link dev.sluice.cdc.capture.encode.RecordEncoder} makes a Kafka record and registers its schemas;
 * {@link dev.sluice.cdc.capture.encode.AvroBody} writes the values of one schema; {@link
 * dev.sluice.cdc.capture.encode.AvroNames} gives schemas names that Avro allows and keeps the names of the database;
 * {@link dev.sluice.cdc.capture.encode.EncodeErrors} makes the failures.
 *
 * <p>May come in: what turns a record of the engine into bytes. What sends the bytes belongs to {@code cdc.capture},
 * what reads them again to {@code cdc.decode}.
 *
 * <p>May use: {@code cdc}, {@code cdc.capture.cut}, {@code cdc.capture.postgres}, {@code cdc.event}, {@code
 * cdc.registry}; Kafka clients and Kafka Connect, Avro with Apicurio's converter.
 */
@NullMarked
package dev.sluice.cdc.capture.encode;

import org.jspecify.annotations.NullMarked;
