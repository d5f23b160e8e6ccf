/**
 * Reports to the reviewers of a policy folder what its rules do.
 *
 * <p>In here: {@link dev.sluice.policy.review.PolicyCheck} lists findings with file and line; {@link
 * dev.sluice.policy.review.PolicyTests} runs the {@link dev.sluice.policy.review.Golden} decisions, the {@link
 * dev.sluice.policy.review.Invariants} and the Rego tests, and gives a {@link
 * dev.sluice.policy.review.PolicyTestResult} with a {@link dev.sluice.policy.review.PolicyTestStatus} for each; {@link
 * dev.sluice.policy.review.PlanTable} shows a plan as {@link dev.sluice.policy.review.PlanRow}s.
 *
 * <p>May come in: a further report or check for reviewers that needs decisions. What the gateway must check before data
 * flows goes to {@code policy.decision}; a check of the files alone goes to {@code policy.catalog}.
 *
 * <p>May use: {@code cdc.event}, {@code cdc.finding}, {@code policy}, {@code policy.catalog}, {@code policy.decision},
 * {@code policy.opa}; Jackson.
 */
@NullMarked
package dev.sluice.policy.review;

import org.jspecify.annotations.NullMarked;
