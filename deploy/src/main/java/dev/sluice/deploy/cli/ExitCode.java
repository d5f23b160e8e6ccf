package dev.sluice.deploy.cli;

import dev.sluice.cdc.finding.Finding;
import java.util.Collection;

/** Exit codes of the command line. They are part of the contract: {@code sluice help exit-codes}. */
final class ExitCode {

    /** Done, nothing to report. */
    static final int OK = 0;

    /** Could not do it: network, store, defect. */
    static final int FAILED = 1;

    /** The call or a configuration file is wrong. */
    static final int USAGE = 2;

    /** Checked, and found faults. */
    static final int FAULTS_FOUND = 3;

    /** Refused by policy or rights. */
    static final int REFUSED = 5;

    /** Finished, but part of the items failed. */
    static final int PARTLY_FAILED = 6;

    /** Stopped by the user. */
    static final int STOPPED_BY_USER = 130;

    private ExitCode() {}

    /** The exit code of a check. */
    static int of(Collection<Finding> findings) {
        return Finding.anyFails(findings) ? FAULTS_FOUND : OK;
    }
}
