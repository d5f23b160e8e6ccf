package dev.sluice.deploy.cli;

import dev.sluice.cdc.finding.Finding;
import java.util.Collection;
import java.util.regex.Pattern;

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

    /** The codes of failures that the call or a configuration file is the cause of. */
    private static final Pattern OF_THE_CALL =
            Pattern.compile("DEP-(2\\d\\d|4[0-8]\\d|60[01357])|POL-00[1-37]|CDC-001|CDC-006");

    /** The codes of failures with which the policy refuses. */
    private static final Pattern OF_THE_POLICY = Pattern.compile("POL-00[45]");

    private ExitCode() {}

    /** The exit code of a failure with that stable code; empty text when it has none. */
    static int of(String code) {
        if (OF_THE_CALL.matcher(code).matches()) {
            return USAGE;
        }
        return OF_THE_POLICY.matcher(code).matches() ? REFUSED : FAILED;
    }

    /** The exit code of a check. */
    static int of(Collection<Finding> findings) {
        return Finding.anyFails(findings) ? FAULTS_FOUND : OK;
    }
}
