/**
 * Checks a source database before capture starts, and changes nothing in it.
 *
 * <p>In here: {@link dev.sluice.cdc.capture.check.CaptureCheck} runs all checks over one connection; {@link
 * dev.sluice.cdc.capture.check.ServerCheck} checks settings and role, {@link dev.sluice.cdc.capture.check.SlotCheck}
 * slot and publication, {@link dev.sluice.cdc.capture.check.TableCheck} each table; {@link
 * dev.sluice.cdc.capture.check.CaptureCheckCode} names every check with its code.
 *
 * <p>May come in: a new check of the source, with a code of its own. A query that a check needs goes to {@code
 * cdc.capture.postgres}; a check that must hold at every start goes to {@code StartGate} in {@code cdc.capture}, and
 * one that should do both has its rule there and its finding here, with the same code.
 *
 * <p>May use: {@code cdc.access}, {@code cdc.capture}, {@code cdc.capture.postgres}, {@code cdc.capture.table}, {@code
 * cdc.finding}.
 */
@NullMarked
package dev.sluice.cdc.capture.check;

import org.jspecify.annotations.NullMarked;
