/**
 * Questions about a home and a policy folder, with typed answers. Every user interface asks here, so all of them say
 * the same.
 *
 * <p>In here: {@link dev.sluice.deploy.ask.Answers} reads a home: {@link dev.sluice.deploy.ask.Status} with {@link
 * dev.sluice.deploy.ask.StaleTable} (what flows, what stopped and why, from the {@link dev.sluice.deploy.ask.Totals} of
 * the ledger), {@link dev.sluice.deploy.ask.CaptureStatus} (the same of each table of the source), governed tables
 * (each a {@link dev.sluice.deploy.ask.TableLine}), histories, lineage (from a {@link
 * dev.sluice.deploy.ask.RowOrigin}), dead letters, {@link dev.sluice.deploy.ask.ErasureView} and verification; {@link
 * dev.sluice.deploy.ask.PolicyAnswers} reads a policy folder; {@link dev.sluice.deploy.ask.Explanations} reads the
 * {@link dev.sluice.deploy.ask.Explanation} of every stable code; {@link dev.sluice.deploy.ask.BatchText} tells of a
 * recorded batch in one line, {@link dev.sluice.deploy.ask.RunTotals} of all batches of one run.
 *
 * <p>May come in: read-only questions. An answer makes no folder, writes no file and opens no key. What changes
 * something belongs to the package that owns the thing.
 *
 * <p>May use: {@code cdc}, {@code cdc.capture}, {@code cdc.capture.postgres}, {@code cdc.capture.server}, {@code
 * cdc.capture.table}, {@code
 * deploy.pipeline}, {@code deploy}, {@code deploy.home}, {@code deploy.lifecycle}, {@code deploy.planner}, {@code
 * audit.event}, {@code audit.ledger}, {@code audit.lineage}, {@code audit.verify}, {@code cdc.event}, {@code
 * cdc.finding}, {@code masking.control}, {@code policy.catalog}, {@code policy.decision}, {@code policy.opa}, {@code
 * policy.review}, {@code sinks}, {@code sinks.history}, {@code sinks.query}, {@code deploy.letter}; libraries: Hadoop
 * for its configuration, Jackson.
 */
@NullMarked
package dev.sluice.deploy.ask;

import org.jspecify.annotations.NullMarked;
