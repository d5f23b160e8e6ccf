/**
 * Names every failure of the module masking with a stable code.
 *
 * <p>In here: {@link dev.sluice.masking.error.ProtectionErrors} makes each
 * {@link dev.sluice.masking.error.ProtectionException} with its code and message.
 *
 * <p>May come in: a method for each new failure of this module. A record that cannot be treated is no failure of
 * this kind: it becomes a dead letter, see {@code masking.treat}.
 *
 * <p>May use: {@code java.*} only.
 */
@NullMarked
package dev.sluice.masking.error;

import org.jspecify.annotations.NullMarked;
