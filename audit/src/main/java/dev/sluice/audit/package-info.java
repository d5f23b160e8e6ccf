/**
 * Makes the exceptions of the audit module, whose packages hold the tamper-evident ledger and answer questions from it.
 *
 * <p>In here: {@link dev.sluice.audit.LedgerErrors}, which makes every exception of the module, one method for each
 * kind of failure, and {@link dev.sluice.audit.LedgerException}, which carries the stable code and the message. The
 * packages below, in reading order: {@code audit.tile} stores bytes in a Merkle log of plain files, {@code audit.event}
 * gives the bytes a meaning, {@code audit.ledger} writes and reads one ledger, {@code audit.verify} checks a ledger
 * offline, {@code audit.lineage} follows a value of a row back to its source.
 *
 * <p>May come in: further kinds of failure of this module. Nothing that reads or writes a ledger; that goes into the
 * packages below.
 *
 * <p>May use: {@code java.*} only.
 */
@NullMarked
package dev.sluice.audit;

import org.jspecify.annotations.NullMarked;
