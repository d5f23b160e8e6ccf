package dev.sluice.masking.key;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Runs the statements on the table of subject keys. Each runs inside the caller's transaction. */
final class SubjectTable {

    private static final int IDS_PER_QUERY = 500;
    private static final String EPOCH = "subject.epoch";

    private SubjectTable() {}

    /**
     * A stored person.
     *
     * @param wrapped the wrapped key, null when erased
     */
    record Stored(String pseudonym, byte @Nullable [] wrapped) {}

    /** A person to be stored if they are not yet. */
    record Fresh(String pseudonym, String kind, byte[] wrapped) {}

    /** Number of erasures so far: a cache filled under another number may hold destroyed keys. */
    static long epoch(Handle handle) {
        return handle.createQuery("SELECT value FROM gateway_state WHERE name = :name")
                .bind("name", EPOCH)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    static Map<String, Stored> find(Handle handle, Collection<String> pseudonyms) {
        Map<String, Stored> found = new HashMap<>();
        List<String> all = new ArrayList<>(pseudonyms);
        for (int from = 0; from < all.size(); from += IDS_PER_QUERY) {
            List<String> some = all.subList(from, Math.min(from + IDS_PER_QUERY, all.size()));
            handle.createQuery("SELECT pseudonym, wrapped_key FROM subject_key WHERE pseudonym IN (<ids>)")
                    .bindList("ids", some)
                    .map(SubjectTable::stored)
                    .forEach(row -> found.put(row.pseudonym(), row));
        }
        return found;
    }

    static boolean isErased(Handle handle, String pseudonym) {
        Stored stored = find(handle, List.of(pseudonym)).get(pseudonym);
        return stored != null && stored.wrapped() == null;
    }

    static void insertMissing(Handle handle, List<Fresh> people, String now) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO subject_key (pseudonym, kind, state, kek, wrapped_key,"
                + " created_at) VALUES (:pseudonym, :kind, 'ACTIVE', :kek, :wrapped, :now)"
                + " ON CONFLICT (pseudonym) DO NOTHING");
        for (Fresh person : people) {
            batch.bind("pseudonym", person.pseudonym())
                    .bind("kind", person.kind())
                    .bind("kek", KeyName.KEK.alias())
                    .bind("wrapped", person.wrapped())
                    .bind("now", now)
                    .add();
        }
        batch.execute();
    }

    /** Destroys the key and leaves the marker; answers whether this call did it. */
    static boolean erase(Handle handle, SubjectKeys.Erasure erasure, String now) {
        int changed = handle.createUpdate(
                        "INSERT INTO subject_key (pseudonym, kind, state, created_at, erased_at, barrier)"
                                + " VALUES (:pseudonym, :kind, 'ERASED', :now, :now, :barrier)"
                                + " ON CONFLICT (pseudonym) DO UPDATE SET state = 'ERASED', kek = NULL,"
                                + " wrapped_key = NULL, erased_at = excluded.erased_at, barrier = excluded.barrier"
                                + " WHERE subject_key.state = 'ACTIVE'")
                .bind("pseudonym", erasure.pseudonym())
                .bind("kind", erasure.kind())
                .bind("barrier", erasure.barrier())
                .bind("now", now)
                .execute();
        if (changed > 0) {
            handle.createUpdate("INSERT INTO gateway_state (name, value) VALUES (:name, '1')"
                            + " ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)")
                    .bind("name", EPOCH)
                    .execute();
        }
        return changed > 0;
    }

    private static Stored stored(ResultSet row, StatementContext context) throws SQLException {
        return new Stored(row.getString("pseudonym"), row.getBytes("wrapped_key"));
    }
}
