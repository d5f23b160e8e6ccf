package dev.sluice.masking.control;

import dev.sluice.masking.error.ProtectionErrors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The erasure cases. Every change is one durable transaction that names the state it starts from, so a step that ran
 * already, here or in another process, is refused and not run twice. Safe for use by many threads.
 */
public final class ErasureCases {

    private final ControlDatabase database;
    private final Clock clock;

    public ErasureCases(ControlDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Opens a case in state {@link ErasureCase.State#RECEIVED}. The same request again answers the case as it is. */
    public ErasureCase receive(String caseId, String pseudonym, String kind, String reasonReference) {
        String now = clock.instant().toString();
        return database.write("receive an erasure case", handle -> {
            handle.createUpdate("INSERT INTO erasure_case (case_id, pseudonym, kind, state, requested_at,"
                            + " reason_reference, steps, updated_at) VALUES (:id, :pseudonym, :kind, 'RECEIVED', :now,"
                            + " :reason, '[]', :now) ON CONFLICT (case_id) DO NOTHING")
                    .bind("id", caseId)
                    .bind("pseudonym", pseudonym)
                    .bind("kind", kind)
                    .bind("reason", reasonReference)
                    .bind("now", now)
                    .execute();
            return find(handle, caseId)
                    .filter(c -> c.pseudonym().equals(pseudonym))
                    .orElseThrow(() -> ProtectionErrors.illegalCaseStep(caseId, "be opened for another person"));
        });
    }

    /**
     * Moves a case on.
     *
     * @param steps evidence of the steps so far, JSON; replaces what was there
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-011} when the case is not in the state {@code
     *     from} or may not go to {@code to}
     */
    public ErasureCase advance(String caseId, ErasureCase.State from, ErasureCase.State to, String steps) {
        if (!from.leadsTo(to)) {
            throw ProtectionErrors.illegalCaseStep(caseId, "go from " + from + " to " + to);
        }
        return database.write("advance an erasure case", handle -> {
            int changed = handle.createUpdate("UPDATE erasure_case SET state = :to, steps = :steps, updated_at = :now"
                            + " WHERE case_id = :id AND state = :from")
                    .bind("id", caseId)
                    .bind("from", from.name())
                    .bind("to", to.name())
                    .bind("steps", steps)
                    .bind("now", clock.instant().toString())
                    .execute();
            if (changed != 1) {
                throw ProtectionErrors.illegalCaseStep(caseId, "go from " + from + " to " + to);
            }
            return find(handle, caseId).orElseThrow();
        });
    }

    /** The case of that identity. */
    public Optional<ErasureCase> find(String caseId) {
        return database.read("read an erasure case", handle -> find(handle, caseId));
    }

    /** Every case, oldest first. */
    public List<ErasureCase> all() {
        return database.read("list erasure cases", handle -> handle.createQuery(
                        "SELECT * FROM erasure_case ORDER BY requested_at, case_id")
                .map(ErasureCases::row)
                .list());
    }

    /** Cases that still have steps to run, oldest first. */
    public List<ErasureCase> unfinished() {
        return all().stream().filter(c -> c.state() != ErasureCase.State.DONE).toList();
    }

    private static Optional<ErasureCase> find(Handle handle, String caseId) {
        return handle.createQuery("SELECT * FROM erasure_case WHERE case_id = :id")
                .bind("id", caseId)
                .map(ErasureCases::row)
                .findOne();
    }

    private static ErasureCase row(ResultSet row, StatementContext context) throws SQLException {
        return new ErasureCase(
                row.getString("case_id"),
                row.getString("pseudonym"),
                row.getString("kind"),
                ErasureCase.State.valueOf(row.getString("state")),
                Instant.parse(row.getString("requested_at")),
                row.getString("reason_reference"),
                row.getString("steps"),
                Instant.parse(row.getString("updated_at")));
    }
}
