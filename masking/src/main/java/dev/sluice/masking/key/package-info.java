/**
 * Keeps the five keys of the installation in a key store, and one key for each person in the control database.
 *
 * <p>In here: {@link dev.sluice.masking.key.KeyFile} opens the key store with the keys that
 * {@link dev.sluice.masking.key.KeyName} lists. {@link dev.sluice.masking.key.Pseudonyms} computes the
 * pseudonym of the person that a {@link dev.sluice.masking.key.SubjectRef} names.
 * {@link dev.sluice.masking.key.SubjectKeys} makes, finds and destroys the key of a person, and answers with a
 * {@link dev.sluice.masking.key.SubjectState}: a {@link dev.sluice.masking.key.PersonKey} or the marker of an
 * erasure. {@code SubjectTable} and {@code SubjectLinks} hold the statements, {@code KeyCache} the people used
 * last.
 *
 * <p>May come in: new keys and rules about the life of a key. Algorithms go to {@code masking.crypto}, the steps
 * of an erasure to {@code masking.control} and to the module deploy.
 *
 * <p>May use: {@code cdc.event}, {@code masking.control}, {@code masking.crypto}, {@code masking.error}; then
 * Jdbi.
 */
@NullMarked
package dev.sluice.masking.key;

import org.jspecify.annotations.NullMarked;
