package dev.sluice.masking.treat;

import dev.sluice.masking.key.PersonKey;
import java.util.Optional;

/**
 * Treats the values of one field of one dataset.
 *
 * <p>The caller gives a vector of clear values and a vector of equal size to fill. For every lane: null stays null and
 * absent stays absent; a value becomes the treated value, of the class that the planned output type names, or a
 * {@link Fault}. The same value of the same person always gives the same result. The clear value must appear in no
 * message. Implementations are immutable and safe for use by many threads.
 */
@FunctionalInterface
public interface FieldTreatment {

    /** Fills every lane of {@code out}. */
    void apply(ValueVector in, ValueVector out, Persons persons);

    /** Gives the key of the person whose value a lane holds. */
    @FunctionalInterface
    interface Persons {

        /** The key of the person that the lane's image is about; empty when it names none. */
        Optional<PersonKey> key(int lane);
    }
}
