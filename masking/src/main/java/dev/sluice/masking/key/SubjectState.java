package dev.sluice.masking.key;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what is known of a person: a key, or that the person was erased for ever. Immutable. */
public final class SubjectState {

    private final String pseudonym;
    private final @Nullable PersonKey key;

    private SubjectState(String pseudonym, @Nullable PersonKey key) {
        this.pseudonym = pseudonym;
        this.key = key;
    }

    static SubjectState active(String pseudonym, PersonKey key) {
        return new SubjectState(pseudonym, key);
    }

    static SubjectState erased(String pseudonym) {
        return new SubjectState(pseudonym, null);
    }

    /** The pseudonym of the person. */
    public String pseudonym() {
        return pseudonym;
    }

    /** Whether the person was erased. */
    public boolean erased() {
        return key == null;
    }

    /** The person's key; empty when they were erased. */
    public Optional<PersonKey> key() {
        return Optional.ofNullable(key);
    }

    @Override
    public String toString() {
        return "SubjectState[" + pseudonym + (erased() ? ",ERASED]" : ",ACTIVE]");
    }
}
