/**
 * The treatments: a vector of values of one field in, a vector of treated values out.
 *
 * <p>In order: {@link dev.sluice.masking.treat.Treatments} turns a planned field into a {@link
 * dev.sluice.masking.treat.FieldTreatment}, which reads a {@link dev.sluice.masking.treat.ValueVector} and fills
 * another. A value that a treatment cannot take is marked with a {@link dev.sluice.masking.treat.Fault} and never
 * passed. {@link dev.sluice.masking.treat.Canonical} is the text of a value that hashing, sealing and keys use.
 */
@NullMarked
package dev.sluice.masking.treat;

import org.jspecify.annotations.NullMarked;
