package dev.sluice.policy.decision;

import java.io.Serializable;
import java.util.List;

/**
 * Which person a row is about.
 *
 * @param kind kind of person, for example {@code customer}; rows of several tables with equal kind and equal values
 *     are about one person
 * @param fields the fields of the dataset whose clear values name the person, in order
 */
public record SubjectPath(String kind, List<String> fields) implements Serializable {

    public SubjectPath {
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("a subject needs at least one field");
        }
    }
}
