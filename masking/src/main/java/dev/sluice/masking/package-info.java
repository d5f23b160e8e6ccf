/**
 * The enforcement point: what leaves this package is treated, sealed or withheld, and nothing else can.
 *
 * <p>In order: {@link dev.sluice.masking.Protector} turns decided records into {@link dev.sluice.masking.Guarded} ones,
 * which are a {@link dev.sluice.masking.ProtectedChange} (treated images), a {@link
 * dev.sluice.masking.SealedRejection} (an encrypted dead letter) or a {@link dev.sluice.masking.Withheld} (counted, and
 * goes no further). The constructors of these three are visible in this package only, so that no later stage can be
 * handed clear text.
 */
@NullMarked
package dev.sluice.masking;

import org.jspecify.annotations.NullMarked;
