package dev.sluice.deploy.cli;

/** Exit codes of the command line. They are part of the contract. */
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
}
