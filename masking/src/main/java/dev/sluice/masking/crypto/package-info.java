/**
 * Derives keys, seals bytes and writes ciphertext as text, with the algorithms of the JDK.
 *
 * <p>In here: {@link dev.sluice.masking.crypto.SecretBytes} holds key material.
 * {@link dev.sluice.masking.crypto.HmacSha256} and {@link dev.sluice.masking.crypto.Hkdf} derive from it.
 * {@link dev.sluice.masking.crypto.AesGcm} encrypts. {@link dev.sluice.masking.crypto.TokenKey} seals a value for
 * a field into an {@link dev.sluice.masking.crypto.Envelope}. {@link dev.sluice.masking.crypto.Framing} joins
 * several parts into one unambiguous input, and {@link dev.sluice.masking.crypto.Base32} writes bytes as text.
 *
 * <p>May come in: primitives that know nothing of people, plans or rows. What key is used for which person goes to
 * {@code masking.key}; what is sealed goes to {@code masking.treat} or {@code masking.seal}.
 *
 * <p>May use: {@code masking.error}; then {@code java.*} and {@code javax.crypto} only.
 */
@NullMarked
package dev.sluice.masking.crypto;

import org.jspecify.annotations.NullMarked;
