/**
 * From Kafka records to rows that Spark may move around: only guarded content is ever in them.
 *
 * <p>In order: {@link dev.sluice.sinks.intake.GuardedIntake} reads the Kafka source's frame in chunks, has the line
 * guard them and gives rows of {@link dev.sluice.sinks.intake.IntakeRows}; {@link dev.sluice.sinks.intake.StoredTypes}
 * says how treated values are stored; {@link dev.sluice.sinks.intake.RowCodec} and {@link
 * dev.sluice.sinks.intake.HistoryEventCodec} turn images and events into bytes; {@link
 * dev.sluice.sinks.intake.TableShape} carries a dataset's columns; {@link dev.sluice.sinks.intake.BatchSummary} counts.
 */
@NullMarked
package dev.sluice.sinks.intake;

import org.jspecify.annotations.NullMarked;
