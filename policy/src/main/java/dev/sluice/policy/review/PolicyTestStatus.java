package dev.sluice.policy.review;

/** Says how a test of a policy folder ended. */
public enum PolicyTestStatus {
    PASSED,
    FAILED,
    /** Not run: the folder holds no such test, or this machine has no opa. */
    SKIPPED
}
