/**
 * Answers questions about the lake without Spark and without writing.
 *
 * <p>In here: {@link dev.sluice.sinks.query.GovernedTables} lists tables as
 * {@link dev.sluice.sinks.query.TableState}s, shows the history of a key as
 * {@link dev.sluice.sinks.query.VersionView}s with their {@link dev.sluice.sinks.query.VersionProvenance}, and
 * shows dead letters as {@link dev.sluice.sinks.query.DeadLetterView}s.
 *
 * <p>May come in: typed answers about stored tables, one or several (for example what differs between two), for the
 * command line and later interfaces. The text form of an answer goes to the module deploy; an answer that needs the
 * ledger goes to {@code audit.lineage}.
 *
 * <p>May use: {@code cdc.event}, {@code sinks}, {@code sinks.deadletter}, {@code sinks.direct},
 * {@code sinks.history}; then Spark (types and rows only), Hadoop.
 */
@NullMarked
package dev.sluice.sinks.query;

import org.jspecify.annotations.NullMarked;
