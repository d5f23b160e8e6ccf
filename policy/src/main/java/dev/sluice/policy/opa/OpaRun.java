package dev.sluice.policy.opa;

/**
 * Holds what a run of {@code opa} left behind.
 *
 * @param exit exit code
 * @param out standard output
 * @param err standard error
 */
public record OpaRun(int exit, String out, String err) {}
