/**
 * Writes and reads the ledger of a gateway: one event in each leaf, one batch leaf for each batch.
 *
 * <p>In here: {@link dev.sluice.audit.ledger.LedgerView} answers questions from a ledger;
 * {@link dev.sluice.audit.ledger.LedgerReader} answers them from files that another process may be writing;
 * {@link dev.sluice.audit.ledger.Ledger} answers them while it writes; {@link dev.sluice.audit.ledger.Audited} is the
 * proof that a batch is recorded, without which the gateway does not acknowledge the batch at the source;
 * {@link dev.sluice.audit.ledger.LedgerIndex} finds the leaves of batches and plans;
 * {@link dev.sluice.audit.ledger.LedgerThread} keeps interrupts of callers away from the files.
 *
 * <p>May come in: what turns events into leaves, and what finds leaves again. The form of an event goes into
 * {@code audit.event}, files and hashes into {@code audit.tile}, checks for auditors into {@code audit.verify}.
 *
 * <p>May use: {@code audit}, {@code audit.event}, {@code audit.tile}, {@code policy.decision}, {@code sinks}.
 */
@NullMarked
package dev.sluice.audit.ledger;

import org.jspecify.annotations.NullMarked;
