/**
 * Describes the batch that the sinks receive, the lake that they write to, and the receipt that they return.
 *
 * <p>In here: {@link dev.sluice.sinks.Line} is the port to the stages before the sinks. {@link
 * dev.sluice.sinks.BatchId} names a batch, {@link dev.sluice.sinks.Lake} says where its tables are. {@link
 * dev.sluice.sinks.BatchPlan} says what a batch reads: ranges of {@link dev.sluice.sinks.SourcePartition}s, up to a
 * {@link dev.sluice.sinks.SourceCut}. {@link dev.sluice.sinks.Receipt} is the proof of a written batch, made of {@link
 * dev.sluice.sinks.SourceRange}s, {@link dev.sluice.sinks.Counts} and {@link dev.sluice.sinks.TableCommit}s. {@link
 * dev.sluice.sinks.SinkErrors} makes each {@link dev.sluice.sinks.SinkException}.
 *
 * <p>May come in: small values that more than one package of this module needs. Everything that reads or writes a
 * table goes to a package below.
 *
 * <p>May use: {@code cdc}, {@code cdc.event}, {@code masking}; then {@code java.*} only.
 */
@NullMarked
package dev.sluice.sinks;

import org.jspecify.annotations.NullMarked;
