package dev.sluice.masking.key;

import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Runs the statements on the table of links between pseudonyms. Each runs inside the caller's transaction. */
final class SubjectLinks {

    private SubjectLinks() {}

    /** Notes a link; answers false for one that is known from that position in the source or a later one. */
    static boolean note(Handle handle, String oldName, String newName, String position) {
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
    static Set<String> of(Handle handle, String pseudonym) {
        return handle.createQuery("WITH RECURSIVE linked (name) AS (SELECT :name UNION"
                        + " SELECT CASE WHEN old_pseudonym = name THEN new_pseudonym ELSE old_pseudonym END"
                        + " FROM linked JOIN subject_link ON old_pseudonym = name OR new_pseudonym = name)"
                        + " SELECT name FROM linked")
                .bind("name", pseudonym)
                .mapTo(String.class)
                .set();
    }
}
