/**
 * The decision and the plan it is compiled to.
 *
 * <p>In order: {@link dev.sluice.policy.decision.DecisionPoint} asks for a decision per dataset, schema and consumer,
 * checks it and compiles it to a {@link dev.sluice.policy.decision.Plan} of {@link
 * dev.sluice.policy.decision.PlannedField}s with one {@link dev.sluice.policy.decision.Treatment} each; an event with
 * its plan is {@link dev.sluice.policy.decision.Decided}.
 */
@NullMarked
package dev.sluice.policy.decision;

import org.jspecify.annotations.NullMarked;
