package dev.sluice.masking.key;

import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Reads and writes the links between pseudonyms inside a transaction.
 *
 * @param handle the transaction of the caller
 */
record SubjectLinks(Handle handle) {

    /** Notes a link; answers false for one that is known from that position in the source or a later one. */
    boolean note(String oldName, String newName, String position) {
        return handle.createUpdate("INSERT INTO subject_link (old_pseudonym, new_pseudonym, position)"
                                + " VALUES (:old, :new, :position)"
                                + " ON CONFLICT (old_pseudonym, new_pseudonym) DO UPDATE SET position ="
                                + " excluded.position WHERE excluded.position > subject_link.position")
                        .bind("old", oldName)
                        .bind("new", newName)
                        .bind("position", position)
                        .execute()
                > 0;
    }

    /** That pseudonym and all that links lead to, in both directions. */
    Set<String> linked(String pseudonym) {
        return handle.createQuery("WITH RECURSIVE linked (name) AS (SELECT :name UNION"
                        + " SELECT CASE WHEN old_pseudonym = name THEN new_pseudonym ELSE old_pseudonym END"
                        + " FROM linked JOIN subject_link ON old_pseudonym = name OR new_pseudonym = name)"
                        + " SELECT name FROM linked")
                .bind("name", pseudonym)
                .mapTo(String.class)
                .set();
    }
}
