/**
 * The tamper-evident ledger and what is answered from it.
 *
 * <p>{@link dev.sluice.audit.tile} is the append-only log of bytes. Errors are {@link dev.sluice.audit.LedgerException}s
 * with the codes of {@link dev.sluice.audit.LedgerErrors}.
 */
@NullMarked
package dev.sluice.audit;

import org.jspecify.annotations.NullMarked;
