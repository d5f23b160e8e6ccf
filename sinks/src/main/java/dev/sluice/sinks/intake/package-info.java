/**
 * Turns Kafka records into rows of guarded content that Spark may move around.
 *
 * <p>In here: {@link dev.sluice.sinks.intake.GuardedIntake} reads the frame of the Kafka source in chunks, has the
 * line guard them, and gives rows of {@link dev.sluice.sinks.intake.IntakeRows}.
 * {@link dev.sluice.sinks.intake.StoredTypes} says how treated values are stored.
 * {@link dev.sluice.sinks.intake.RowCodec}, {@link dev.sluice.sinks.intake.HistoryEventCodec} and
 * {@link dev.sluice.sinks.intake.VersionCodec} turn images, events and versions into bytes ({@code Bytes}), with
 * times as {@link dev.sluice.sinks.intake.Micros}. {@link dev.sluice.sinks.intake.TableShape} carries the columns
 * of a dataset, and {@link dev.sluice.sinks.intake.BatchSummary} counts.
 *
 * <p>May come in: forms of what travels between Spark tasks of one batch. Decoding and protecting of records goes
 * to the modules before this one; the columns of tables go to {@code sinks.layout}.
 *
 * <p>May use: {@code cdc.decode.avro} (for its codes), {@code cdc.event}, {@code masking}, {@code sinks}, {@code
 * sinks.history}; then Spark.
 */
@NullMarked
package dev.sluice.sinks.intake;

import org.jspecify.annotations.NullMarked;
