/**
 * Treats the values of one field: a vector of values goes in, a vector of treated values comes out.
 *
 * <p>In here: {@link dev.sluice.masking.treat.Treatments} turns a planned field into a
 * {@link dev.sluice.masking.treat.FieldTreatment}, which reads a {@link dev.sluice.masking.treat.ValueVector} and
 * fills another. A value that a treatment cannot take is marked with a {@link dev.sluice.masking.treat.Fault} and
 * never passed. {@link dev.sluice.masking.treat.Canonical} is the canonical text of a value, which hashing,
 * sealing and keys use; {@link dev.sluice.masking.treat.Values} knows the Java class of each type. {@code Checked}
 * checks each value before and after a treatment; {@code EachValue}, {@code PartialText}, {@code NumberFloor},
 * {@code CalendarFloor}, {@code Redaction}, {@code HmacToken} with {@code Normalization}, and {@code Sealing} are
 * the treatments.
 *
 * <p>May come in: new treatments and new normalisations. A new treatment is declared first in {@code Treatment} of
 * {@code policy.decision}, with its parameters and its place in the order of strictness. Which field gets which
 * treatment is decided in the module policy.
 *
 * <p>May use: {@code cdc.event}, {@code policy.decision}, {@code masking.crypto}, {@code masking.error},
 * {@code masking.key}; then Jackson.
 */
@NullMarked
package dev.sluice.masking.treat;

import org.jspecify.annotations.NullMarked;
