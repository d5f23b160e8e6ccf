package dev.sluice.policy.review;

/**
 * Holds the result of one test of a policy folder.
 *
 * @param name golden file, {@code invariants}, or the path of the Rego test
 * @param status how the test ended
 * @param detail what differs, or why the test was not run; empty when it passed
 */
public record PolicyTestResult(String name, PolicyTestStatus status, String detail) {}
