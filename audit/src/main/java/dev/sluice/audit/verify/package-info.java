/**
 * Checks a ledger offline, with the verifier key alone, and against the lake where there is one.
 *
 * <p>In order: {@link dev.sluice.audit.verify.LedgerVerifier} runs the steps and gives a {@link
 * dev.sluice.audit.verify.Verification} with one {@link dev.sluice.cdc.finding.Finding} for each fault.
 */
@NullMarked
package dev.sluice.audit.verify;

import org.jspecify.annotations.NullMarked;
