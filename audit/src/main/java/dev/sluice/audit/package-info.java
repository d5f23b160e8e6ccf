/**
 * The tamper-evident ledger and what is answered from it.
 *
 * <p>In order: {@link dev.sluice.audit.tile} is the append-only log of bytes, {@link dev.sluice.audit.ledger} gives the
 * bytes a meaning and checks them, {@link dev.sluice.audit.lineage} answers where a value came from. Errors are {@link
 * dev.sluice.audit.LedgerException}s with the codes of {@link dev.sluice.audit.LedgerErrors}.
 */
@NullMarked
package dev.sluice.audit;

import org.jspecify.annotations.NullMarked;
