package dev.sluice.masking.key;

import java.util.List;

/**
 * Names a person by naming values in clear text. {@code toString} shows the kind only.
 *
 * @param kind kind of person, for example {@code customer}
 * @param keyValues canonical texts of the naming values, in the order of the subject path
 */
public record SubjectRef(String kind, List<String> keyValues) {

    public SubjectRef {
        keyValues = List.copyOf(keyValues);
        if (keyValues.isEmpty()) {
            throw new IllegalArgumentException("A person needs at least one naming value.");
        }
    }

    @Override
    public String toString() {
        return "SubjectRef[" + kind + "]";
    }
}
