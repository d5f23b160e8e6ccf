/**
 * Decides the form in which each record leaves: treated, sealed or withheld. No record leaves in another way.
 *
 * <p>In here: {@link dev.sluice.masking.Protector} turns a batch of decided records into
 * {@link dev.sluice.masking.Guarded} ones. Each is a {@link dev.sluice.masking.ProtectedChange} (treated images),
 * a {@link dev.sluice.masking.SealedRejection} (an encrypted dead letter) or a {@link dev.sluice.masking.Withheld}
 * (counted only). Their constructors are visible in this package only, so no later stage can be handed clear text.
 * {@code PlanCoverage} checks that an event has the form of its plan, {@code EventSubjects} finds the people of an
 * event, {@code CompiledPlan} treats {@code ImageInTreatment}s field by field, {@code Pending} is an event between
 * these steps, and {@code Sealer} makes the dead letters.
 *
 * <p>May come in: steps between a decided record and a guarded one. A new treatment goes to {@code masking.treat},
 * a new kind of key to {@code masking.key}, a change of what a plan says to the module policy.
 *
 * <p>May use: {@code cdc.event}, {@code policy.decision}, {@code masking.key}, {@code masking.seal}, {@code
 * masking.treat}.
 */
@NullMarked
package dev.sluice.masking;

import org.jspecify.annotations.NullMarked;
