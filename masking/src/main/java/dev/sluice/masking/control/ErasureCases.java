package dev.sluice.masking.control;

import dev.sluice.masking.error.ProtectionErrors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Stores the erasure cases in the control database. Every change is one durable transaction. A change of state names
 * the state that it starts from, so a step that ran already, in this or another process, is refused with
 * {@code MSK-011} and not run twice.
 *
 * <p>Every method throws a {@link dev.sluice.masking.error.ProtectionException}: {@code MSK-006} when the database
 * fails, {@code MSK-014} when a case holds evidence that this version cannot read. Safe for use by many threads.
 */
public final class ErasureCases {

    private final ControlDatabase database;
    private final Clock clock;

    public ErasureCases(ControlDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Opens a case in state {@link ErasureCase.State#RECEIVED}. Returns the stored case as it is when a case with that
     * id exists.
     *
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-011} when that case erases another person
     */
    public ErasureCase receive(String caseId, String pseudonym, String kind, String reasonReference) {
        String now = clock.instant().toString();
        return database.write("receive an erasure case", handle -> {
            handle.createUpdate("INSERT INTO erasure_case (case_id, pseudonym, kind, state, requested_at,"
                            + " reason_reference, steps, updated_at) VALUES (:id, :pseudonym, :kind, 'RECEIVED', :now,"
                            + " :reason, :steps, :now) ON CONFLICT (case_id) DO NOTHING")
                    .bind("id", caseId)
                    .bind("pseudonym", pseudonym)
                    .bind("kind", kind)
                    .bind("reason", reasonReference)
                    .bind("steps", ErasureStepsCodec.encode(ErasureSteps.NONE))
                    .bind("now", now)
                    .execute();
            return find(handle, caseId)
                    .filter(c -> c.pseudonym().equals(pseudonym))
                    .orElseThrow(() -> ProtectionErrors.illegalCaseStep(caseId, "be opened for another person"));
        });
    }

    /**
     * A pseudonym that a case erases.
     *
     * @param hadKey whether there ever was a key to destroy
     */
    public record Person(String pseudonym, boolean hadKey) {}

    /** Adds pseudonyms to those that the case erases; pseudonyms of earlier calls stay. */
    public void cover(String caseId, Collection<String> pseudonyms) {
        database.write("cover people by an erasure case", handle -> {
            PreparedBatch batch = handle.prepareBatch("INSERT INTO erasure_case_person (case_id, pseudonym)"
                    + " VALUES (:id, :pseudonym) ON CONFLICT DO NOTHING");
            pseudonyms.forEach(
                    name -> batch.bind("id", caseId).bind("pseudonym", name).add());
            return batch.execute();
        });
    }

    /** The people that the case erases, in the order of the pseudonyms; empty before the first step of the case. */
    public List<Person> covered(String caseId) {
        // The marker of a person without a key has equal times of creation and erasure.
        return database.read("read the people of an erasure case", handle -> handle.createQuery(
                        "SELECT pseudonym, created_at <> COALESCE(erased_at, '') AS had_key FROM erasure_case_person"
                                + " JOIN subject_key USING (pseudonym) WHERE case_id = :id ORDER BY pseudonym")
                .bind("id", caseId)
                .map((row, context) -> new Person(row.getString("pseudonym"), row.getBoolean("had_key")))
                .list());
    }

    /** The cases that name or cover one of the pseudonyms, oldest first. */
    public List<ErasureCase> about(Collection<String> pseudonyms) {
        return database.read("find erasure cases of a person", handle -> handle.createQuery(
                        "SELECT * FROM erasure_case c WHERE pseudonym IN (<names>) OR EXISTS (SELECT 1 FROM"
                                + " erasure_case_person p WHERE p.case_id = c.case_id AND p.pseudonym IN (<names>))"
                                + " ORDER BY requested_at, case_id")
                .bindList("names", List.copyOf(pseudonyms))
                .map(ErasureCases::row)
                .list());
    }

    /** Opens a case for each erased person whom no case names or covers: the people who were erased under a new key. */
    public void receiveFollowed(UnaryOperator<String> caseId) {
        List<Followed> followed = database.read("find people who were followed", handle -> handle.createQuery(
                        "SELECT pseudonym, kind FROM subject_key k WHERE state = 'ERASED'"
                                + " AND NOT EXISTS (SELECT 1 FROM erasure_case c WHERE c.pseudonym = k.pseudonym)"
                                + " AND NOT EXISTS (SELECT 1 FROM erasure_case_person p WHERE p.pseudonym ="
                                + " k.pseudonym) ORDER BY erased_at")
                .map((row, context) -> new Followed(row.getString("pseudonym"), row.getString("kind")))
                .list());
        followed.forEach(person ->
                receive(caseId.apply(person.pseudonym()), person.pseudonym(), person.kind(), ErasureCase.KEY_CHANGE));
    }

    private record Followed(String pseudonym, String kind) {}

    /**
     * Moves a case to another state.
     *
     * @param steps evidence of the steps that the case has run; replaces the stored evidence
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-011} when the case is not in the state {@code
     *     from} or may not go to {@code to}
     */
    public ErasureCase advance(String caseId, ErasureCase.State from, ErasureCase.State to, ErasureSteps steps) {
        if (!from.leadsTo(to)) {
            throw ProtectionErrors.illegalCaseStep(caseId, "go from " + from + " to " + to);
        }
        return database.write("advance an erasure case", handle -> {
            int changed = handle.createUpdate("UPDATE erasure_case SET state = :to, steps = :steps, updated_at = :now"
                            + " WHERE case_id = :id AND state = :from")
                    .bind("id", caseId)
                    .bind("from", from.name())
                    .bind("to", to.name())
                    .bind("steps", ErasureStepsCodec.encode(steps))
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
                ErasureStepsCodec.decode(row.getString("case_id"), row.getString("steps")),
                Instant.parse(row.getString("updated_at")));
    }
}
