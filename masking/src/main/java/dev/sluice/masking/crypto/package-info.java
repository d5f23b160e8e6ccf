/**
 * Primitives over the JDK's own cryptography, and the text form of ciphertext. Knows nothing of people, plans or rows.
 *
 * <p>In order: {@link dev.sluice.masking.crypto.SecretBytes} holds key material, {@link
 * dev.sluice.masking.crypto.HmacSha256} and {@link dev.sluice.masking.crypto.Hkdf} derive from it, {@link
 * dev.sluice.masking.crypto.TokenKey} seals a value into an {@link dev.sluice.masking.crypto.Envelope} with {@link
 * dev.sluice.masking.crypto.AesGcm}. {@link dev.sluice.masking.crypto.Framing} makes several parts one unambiguous
 * input.
 */
@NullMarked
package dev.sluice.masking.crypto;

import org.jspecify.annotations.NullMarked;
