/**
 * Defines the failures, the codes and the canonical JSON of this module.
 *
 * <p>In here: {@link dev.sluice.policy.PolicyException} stops a batch, and {@link dev.sluice.policy.PolicyErrors} makes
 * it; {@link dev.sluice.policy.PolicyCheckCode} names the faults of a policy folder; {@link
 * dev.sluice.policy.CanonicalJson} reads, writes and hashes JSON in its canonical form.
 *
 * <p>May come in: a further failure or code, or what every package of the module needs for JSON. Policy files go to
 * {@code policy.catalog}, decisions to {@code policy.decision}, engines to {@code policy.opa}, reports for reviewers to
 * {@code policy.review}.
 *
 * <p>May use: {@code cdc.finding}; Jackson.
 */
@NullMarked
package dev.sluice.policy;

import org.jspecify.annotations.NullMarked;
