/**
 * Dead letters: the record as bytes, and those bytes sealed.
 *
 * <p>In order: {@link dev.sluice.masking.seal.Payload} writes a record as bytes and reads it back, {@link
 * dev.sluice.masking.seal.DeadLetterSeal} seals and opens them under the dead-letter key.
 */
@NullMarked
package dev.sluice.masking.seal;

import org.jspecify.annotations.NullMarked;
