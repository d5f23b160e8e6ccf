package dev.sluice.policy.decision;

import java.io.Serializable;
import java.util.List;

/**
 * Says which person a row is about.
 *
 * @param kind kind of person, for example {@code customer}; rows of several tables with equal kind and equal values
 *     are about one person
 * @param fields the fields of the dataset whose clear values name the person, in order
 * @param rowIsPerson whether a row is the person itself and not only belongs to the person, so that a row with a new
 *     key is the same person
 */
public record SubjectPath(String kind, List<String> fields, boolean rowIsPerson) implements Serializable {

    public SubjectPath {
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("A subject needs at least one field.");
        }
    }

    /** The path of a dataset whose rows belong to a person. */
    public SubjectPath(String kind, List<String> fields) {
        this(kind, fields, false);
    }
}
