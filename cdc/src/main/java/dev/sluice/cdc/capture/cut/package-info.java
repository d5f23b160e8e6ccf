/**
 * Says where the records of capture may be cut without dividing a transaction, and that a transaction is whole.
 *
 * <p>In here: {@link dev.sluice.cdc.capture.cut.CommitBoundary} finds the records between transactions; {@link
 * dev.sluice.cdc.capture.cut.TransactionCounts} compares the rows of a transaction with the counts of its end; {@link
 * dev.sluice.cdc.capture.cut.Cut} is what capture writes about a boundary for readers, and {@link
 * dev.sluice.cdc.capture.cut.CutWriter} makes it; {@link dev.sluice.cdc.capture.cut.EngineOffset} reads the offset that
 * the engine gives with a record.
 *
 * <p>May come in: what readers of the raw topics have to know about transactions.
 *
 * <p>May use: {@code cdc}, {@code cdc.capture.postgres}; Kafka clients and Kafka Connect, Jackson.
 */
@NullMarked
package dev.sluice.cdc.capture.cut;

import org.jspecify.annotations.NullMarked;
