/**
 * Defines the failures, the codes and the canonical JSON of this module.
 *
 * <p>In here: {@link dev.sluice.policy.PolicyException} stops a batch, and {@link dev.sluice.policy.PolicyErrors}
 * makes it; {@link dev.sluice.policy.PolicyCheckCode} names the faults of a policy folder; {@link
 * dev.sluice.policy.CanonicalJson} reads, writes and hashes JSON in its canonical form.
 *
 * <p>May come in: a further failure or code, or what every package of the module needs for JSON. The code of a new
 * check of a policy folder goes to {@link dev.sluice.policy.PolicyCheckCode} in this package; the check itself goes to
 * {@code policy.catalog} when the files are enough for it, to {@code policy.review} when it needs decisions. Policy
 * files go to {@code policy.catalog}, decisions to {@code policy.decision}, engines to {@code policy.opa}, reports for
 * reviewers to {@code policy.review}, a first folder for a source to {@code policy.propose}. What a rule means is
 * written in Rego, in the library of the policy folder; the Java of this module only checks the answer.
 *
 * <p>May use: {@code cdc}, {@code cdc.finding}; Jackson.
 */
@NullMarked
package dev.sluice.policy;

import org.jspecify.annotations.NullMarked;
