package dev.sluice.policy.propose;

import java.util.List;

/**
 * Says which person each row of a table is about.
 *
 * @param kind kind of person
 * @param key fields that name the person, in the order of the key of the table of people
 * @param people whether each row is a person, and not something of a person
 * @param reason why, in a few words without a final stop
 */
public record ProposedSubject(String kind, List<String> key, boolean people, String reason) {

    public ProposedSubject {
        key = List.copyOf(key);
    }
}
