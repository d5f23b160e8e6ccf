/**
 * Executes the plan of one batch, for the gateway and for a command on a home without a gateway.
 *
 * <p>In here: {@link dev.sluice.deploy.batch.PlanExecution} reads, writes and records one batch; {@link
 * dev.sluice.deploy.batch.PlannedRecords} names the planned offsets to Spark's Kafka source; {@link
 * dev.sluice.deploy.batch.LetterRecords} reads the dead letters that a plan replays.
 *
 * <p>May come in: what every execution of a plan does. What is planned belongs to {@code planner}, what happens to a
 * single record to {@code line}.
 *
 * <p>May use: {@code deploy}, {@code deploy.line}, {@code audit.ledger}, {@code cdc.event}, {@code sinks}, {@code
 * sinks.deadletter}, {@code sinks.delta}, {@code sinks.intake}, {@code sinks.query}; libraries: Spark, Jackson, SLF4J.
 */
@NullMarked
package dev.sluice.deploy.batch;

import org.jspecify.annotations.NullMarked;
