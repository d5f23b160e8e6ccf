/**
 * The gateway's ledger: one leaf per event, one event per batch.
 *
 * <p>In order: {@link dev.sluice.audit.ledger.LedgerView} answers questions, {@link
 * dev.sluice.audit.ledger.LedgerReader} from the files of a ledger that somebody else may write, {@link
 * dev.sluice.audit.ledger.Ledger} while writing it; {@link dev.sluice.audit.ledger.Audited} is the proof that a batch
 * is recorded, without which the source is not acknowledged.
 */
@NullMarked
package dev.sluice.audit.ledger;

import org.jspecify.annotations.NullMarked;
