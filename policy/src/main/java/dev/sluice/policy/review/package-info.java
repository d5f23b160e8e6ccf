/**
 * What reviewers of a policy folder ask.
 *
 * <p>In order: {@link dev.sluice.policy.review.PolicyCheck} lists findings with file
 * and line; {@link dev.sluice.policy.review.PolicyTests} runs Rego tests, {@link dev.sluice.policy.review.Golden}
 * decisions and {@link dev.sluice.policy.review.Invariants}; {@link dev.sluice.policy.review.PlanTable} shows a plan as
 * a table.
 */
@NullMarked
package dev.sluice.policy.review;

import org.jspecify.annotations.NullMarked;
