package dev.sluice.policy.review;

/** Says how a test of a policy folder ended. */
public enum PolicyTestStatus {
    PASSED,
    FAILED,
    /** Not run, because this machine has no opa. */
    SKIPPED
}
