/**
 * Checks a ledger offline with its verifier key alone, and compares the ledger with the tables where there is a lake.
 *
 * <p>In here: {@link dev.sluice.audit.verify.LedgerVerifier} runs the steps, states what they prove and what they do
 * not prove, and returns a {@link dev.sluice.audit.verify.Verification};
 * {@link dev.sluice.audit.verify.VerificationCode} names each kind of finding;
 * {@link dev.sluice.audit.verify.BatchSequence} checks the order of batches, offsets and plans;
 * {@link dev.sluice.audit.verify.LakeCheck} compares recorded batches with the commit files of the tables, which
 * {@link dev.sluice.audit.verify.CommitWriters} reads.
 *
 * <p>May come in: further checks of recorded evidence that need files only. Nothing that writes, and nothing that needs
 * Spark, a database or the signing key. Recomputing hashes goes into {@code audit.tile}.
 *
 * <p>May use: {@code audit}, {@code audit.event}, {@code audit.tile}, {@code cdc.finding}, {@code sinks}; Jackson.
 */
@NullMarked
package dev.sluice.audit.verify;

import org.jspecify.annotations.NullMarked;
