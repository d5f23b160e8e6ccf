/**
 * The keys: five of the installation in a key store, one of each person in the control database.
 *
 * <p>In order: {@link dev.sluice.masking.key.KeyFile} opens the key store with the keys that {@link
 * dev.sluice.masking.key.KeyName} lists; {@link dev.sluice.masking.key.Pseudonyms} turns a {@link
 * dev.sluice.masking.key.SubjectRef} into the name that a person has in stored data; {@link
 * dev.sluice.masking.key.SubjectKeys} makes, finds and destroys the key of a person, which is a {@link
 * dev.sluice.masking.key.SubjectState} of {@link dev.sluice.masking.key.PersonKey} or an erased marker.
 */
@NullMarked
package dev.sluice.masking.key;

import org.jspecify.annotations.NullMarked;
