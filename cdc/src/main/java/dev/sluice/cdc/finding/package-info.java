/**
 * The result of a check: one type for the pipeline file, the source, the policy folder, the ledger and the machine.
 *
 * <p>In here: {@link dev.sluice.cdc.finding.Finding}, which says what a check found, where, and what mends it; {@link
 * dev.sluice.cdc.finding.Counted} writes a number with its noun.
 *
 * <p>May come in: nothing that checks something; a check stands beside what it checks.
 *
 * <p>May use: {@code java.*} only.
 */
@NullMarked
package dev.sluice.cdc.finding;

import org.jspecify.annotations.NullMarked;
