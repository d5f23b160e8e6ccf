package dev.sluice.deploy.erasure;

import dev.sluice.audit.event.ErasureRecorded;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.cdc.event.CrashPoint;
import dev.sluice.deploy.home.Custody;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.masking.control.ErasureCase.State;
import dev.sluice.masking.control.ErasureCases;
import dev.sluice.masking.control.ErasureSteps;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.erasure.Eraser;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works erasure cases: first marker and key, then the rows, then the ledger. Every step is idempotent and every state
 * is durable before the next step begins, so a case goes on after a crash with the step that was cut off. Called
 * between batches only.
 */
public final class ErasureDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureDesk.class);

    private final SubjectKeys people;
    private final ErasureCases cases;
    private final Ledger ledger;
    private final Rows rows;

    /** A desk over the keys, the ledger and the tables of one home. */
    public ErasureDesk(Custody custody, Ledger ledger, Rows rows) {
        this.people = custody.people();
        this.cases = new ErasureRequests(custody).cases();
        this.ledger = ledger;
        this.rows = rows;
    }

    /** The rows in the tables of that lake. */
    public static Rows tables(SparkSession spark, Lake lake) {
        return order -> Eraser.erase(spark.newSession(), lake, order);
    }

    /** Where the rows of people are. */
    @FunctionalInterface
    public interface Rows {

        /** Deletes the rows of the order and answers what was deleted for its case, in this run and earlier ones. */
        List<Eraser.Erased> delete(Eraser.Order order);
    }

    /** Works every open case, and files a case for every person who was erased by following a key change. */
    public void work() {
        cases.receiveFollowed(ErasureRequests::caseId);
        cases.unfinished().forEach(this::work);
    }

    private void work(ErasureCase open) {
        ErasureCase now = open;
        if (now.state() == State.RECEIVED) {
            CrashPoint.reached("CP21");
            now = destroyKeys(now);
        }
        if (now.state() == State.BARRIER_SET) {
            long keys =
                    covered(now).stream().filter(ErasureCases.Person::hadKey).count();
            ledger.append(event(now, "SHREDDED", new ErasureRecorded.ErasureEffect("", keys, List.of())));
            now = cases.advance(
                    now.caseId(), State.BARRIER_SET, State.SHREDDED, now.steps().withKeyDestroyed());
            CrashPoint.reached("CP22");
        }
        if (now.state() == State.SHREDDED) {
            now = cases.advance(now.caseId(), State.SHREDDED, State.DELETING, now.steps());
        }
        deleteRows(now);
    }

    /**
     * Only a request reaches the other names of a person. A person who was followed to a new key is erased under the
     * new name alone.
     */
    private ErasureCase destroyKeys(ErasureCase now) {
        Set<String> names = now.requested() ? people.linked(now.pseudonym()) : Set.of(now.pseudonym());
        cases.cover(now.caseId(), names);
        String barrier = Instant.now().toString();
        names.forEach(name -> people.erase(new SubjectKeys.Erasure(name, now.kind(), barrier)));
        List<String> linked = names.stream()
                .filter(name -> !name.equals(now.pseudonym()))
                .sorted()
                .toList();
        return cases.advance(
                now.caseId(), State.RECEIVED, State.BARRIER_SET, ErasureSteps.marked(Commitment.salt(), linked));
    }

    /** A case that began before this was noted covers the person it names. */
    private List<ErasureCases.Person> covered(ErasureCase now) {
        if (cases.covered(now.caseId()).isEmpty()) {
            cases.cover(now.caseId(), Set.of(now.pseudonym()));
        }
        return cases.covered(now.caseId());
    }

    private void deleteRows(ErasureCase now) {
        Set<String> names =
                covered(now).stream().map(ErasureCases.Person::pseudonym).collect(Collectors.toSet());
        List<Eraser.Erased> deletions = rows.delete(new Eraser.Order(now.caseId(), now.requestedAt(), names));
        CrashPoint.reached("CP23");
        List<ErasureRecorded.Deletion> recorded = deletions.stream()
                .map(d -> new ErasureRecorded.Deletion(d.path(), d.version(), d.rows()))
                .toList();
        long leaf = ledger.append(event(now, "DONE", new ErasureRecorded.ErasureEffect("", 0, recorded)));
        Map<String, Long> deleted = new LinkedHashMap<>();
        deletions.forEach(d -> deleted.put(d.path(), d.rows()));
        cases.advance(now.caseId(), State.DELETING, State.DONE, now.steps().withRowsDeleted(leaf, deleted));
        LOG.atInfo().addKeyValue("case", now.caseId()).addKeyValue("leaf", leaf).log("A person was erased.");
    }

    private static ErasureRecorded event(ErasureCase now, String state, ErasureRecorded.ErasureEffect effect) {
        String commitment = Commitment.of(now.steps().salt(), now.pseudonym());
        return new ErasureRecorded(Instant.now(), now.caseId(), state, commitment, effect);
    }
}
