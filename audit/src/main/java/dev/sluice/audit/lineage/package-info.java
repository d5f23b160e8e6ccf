/**
 * Follows a value of a governed row back to the source column, the rule that decided its treatment, and the ledger.
 *
 * <p>In here: {@link dev.sluice.audit.lineage.RowProvenance} holds what a row says of its own origin;
 * {@link dev.sluice.audit.lineage.Lineage} compares that with the ledger and refuses a row that the ledger contradicts;
 * {@link dev.sluice.audit.lineage.LineageRecord} is the answer for one column, as text or as a map. The ledger proves
 * batch, offset and plan. Log position, transaction, operation, commit time and schema id are the row's own word.
 *
 * <p>May come in: further questions about the origin of data that the ledger answers, for example an export of all
 * edges. Reading rows from tables goes into {@code sinks.query}, checking the ledger itself into {@code audit.verify}.
 *
 * <p>May use: {@code audit}, {@code audit.event}, {@code audit.ledger}, {@code cdc.event}, {@code policy.decision},
 * {@code sinks}.
 */
@NullMarked
package dev.sluice.audit.lineage;

import org.jspecify.annotations.NullMarked;
