package dev.sluice.audit.verify;

import dev.sluice.cdc.finding.Finding;
import java.util.List;

/**
 * Holds the result of a verification. {@link LedgerVerifier} states what an {@link #ok} result proves and what it does
 * not prove. Immutable.
 *
 * @param size number of leaves under the checkpoint; 0 without a valid checkpoint
 * @param root Merkle root computed from the entries, 64 hex digits; empty when the entries could not be read
 * @param steps one line for each step, in order
 * @param findings faults and notes, in the order of the steps
 * @param counts what the verification looked at
 */
public record Verification(long size, String root, List<String> steps, List<Finding> findings, Coverage counts) {

    public Verification {
        steps = List.copyOf(steps);
        findings = List.copyOf(findings);
    }

    /**
     * Counts what the verification looked at.
     *
     * @param batches recorded batches
     * @param records source records that the batches account for
     * @param heads kept heads that the ledger contains
     * @param commits recorded table versions whose commit file names the recorded batch
     * @param expired recorded table versions whose commit file the table no longer keeps
     */
    public record Coverage(long batches, long records, long heads, long commits, long expired) {}

    /** Whether the verification found no fault; notes do not count. */
    public boolean ok() {
        return !Finding.anyFails(findings);
    }
}
