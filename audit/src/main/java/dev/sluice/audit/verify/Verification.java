package dev.sluice.audit.verify;

import dev.sluice.cdc.finding.Finding;
import java.util.List;

/**
 * What a verification found.
 *
 * @param size leaves under the checkpoint, 0 when there is no valid one
 * @param root Merkle root computed from the entries, 64 hex digits
 * @param steps one line for each step, in order
 * @param findings faults and notes, in order of the steps
 * @param counts what was looked at
 */
public record Verification(long size, String root, List<String> steps, List<Finding> findings, Coverage counts) {

    public Verification {
        steps = List.copyOf(steps);
        findings = List.copyOf(findings);
    }

    /**
     * What was looked at.
     *
     * @param batches batches recorded
     * @param records source records that the batches account for
     * @param heads earlier signed heads that the ledger continues
     * @param commits table versions found as recorded
     * @param expired table versions whose log is gone
     */
    public record Coverage(long batches, long records, long heads, long commits, long expired) {}

    /** Whether no fault was found. */
    public boolean ok() {
        return !Finding.anyFails(findings);
    }
}
