/**
 * Writes records as bytes and seals these bytes as dead letters.
 *
 * <p>In here: {@link dev.sluice.masking.seal.Payload} writes a record as bytes and reads the bytes back.
 * {@link dev.sluice.masking.seal.DeadLetterSeal} seals and opens the bytes under the dead-letter key.
 *
 * <p>May come in: new forms of a sealed record, each with its own number and golden test. Where dead letters are
 * stored goes to {@code sinks.deadletter}.
 *
 * <p>May use: {@code cdc.event}, {@code masking.crypto}, {@code masking.error}, {@code masking.key},
 * {@code masking.treat}; then Jackson.
 */
@NullMarked
package dev.sluice.masking.seal;

import org.jspecify.annotations.NullMarked;
