/**
 * Asks for a decision per dataset, schema and consumer, checks it, and compiles it to a plan.
 *
 * <p>In here: {@link dev.sluice.policy.decision.DecisionPoint} is the port, {@link
 * dev.sluice.policy.decision.CheckedDecisionPoint} its implementation: it sends a {@link
 * dev.sluice.policy.decision.DecisionInput} to a {@link dev.sluice.policy.decision.PolicyEngine}, reads the {@link
 * dev.sluice.policy.decision.Decision}, checks it with {@link dev.sluice.policy.decision.PlanChecks} against the {@link
 * dev.sluice.policy.decision.Catalog}, and makes a {@link dev.sluice.policy.decision.Plan} of {@link
 * dev.sluice.policy.decision.PlannedField}s, each with a {@link dev.sluice.policy.decision.Treatment} (parameters:
 * {@link dev.sluice.policy.decision.TreatmentParams}) and the {@link dev.sluice.policy.decision.RuleRef} that decided;
 * {@link dev.sluice.policy.decision.SubjectPath} names the person of a row; {@link dev.sluice.policy.decision.Decided}
 * is an event with its plan.
 *
 * <p>May come in: a treatment, a check of a decision, or a part of a plan. How a treatment changes a value goes to the
 * masking module; an engine goes to {@code policy.opa}; reading files goes to {@code policy.catalog}.
 *
 * <p>May use: {@code cdc.event}, {@code policy}; Jackson, SLF4J.
 */
@NullMarked
package dev.sluice.policy.decision;

import org.jspecify.annotations.NullMarked;
