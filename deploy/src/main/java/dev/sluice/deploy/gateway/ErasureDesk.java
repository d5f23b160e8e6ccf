package dev.sluice.deploy.gateway;

import dev.sluice.audit.event.ErasureRecorded;
import dev.sluice.cdc.event.CrashPoint;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.masking.control.ErasureCase.State;
import dev.sluice.masking.control.ErasureCases;
import dev.sluice.masking.control.ErasureSteps;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.masking.key.SubjectState;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.erasure.Eraser;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works erasure cases: marker and key first, then the rows, then the ledger. Every step is idempotent and every state
 * is durable before the next step begins, so a case goes on after a crash where it stopped. Called between batches
 * only.
 */
public final class ErasureDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureDesk.class);

    private final SubjectKeys people;
    private final ErasureCases cases;
    private final Recorder recorder;
    private final Rows rows;

    ErasureDesk(Custody custody, Recorder recorder, SparkSession spark, Lake lake) {
        this(custody, recorder, order -> Eraser.erase(spark.newSession(), lake, order));
    }

    ErasureDesk(Custody custody, Recorder recorder, Rows rows) {
        this.people = custody.people();
        this.cases = cases(custody);
        this.recorder = recorder;
        this.rows = rows;
    }

    /** Where the rows of people are. */
    interface Rows {

        /** Deletes them and answers what was deleted for that case, in this run and those before it. */
        List<Eraser.Erased> delete(Eraser.Order order);
    }

    /** Whether that person has come through this home, or a case was filed for them. */
    public static boolean knows(Custody custody, String kind, List<String> key) {
        String pseudonym = custody.people().pseudonym(kind, key);
        return custody.people().find(pseudonym).isPresent()
                || !cases(custody).about(Set.of(pseudonym)).isEmpty();
    }

    /**
     * Files a case; nothing is erased yet. The same request again answers the case that is there, also when that one
     * was filed for another name of the person.
     *
     * @param kind kind of person as the catalog names it, for example {@code customer}
     * @param key values of the subject's key fields
     * @param reason reference of the request, never text about the person
     */
    public static ErasureCase file(Custody custody, String kind, List<String> key, String reason) {
        SubjectKeys people = custody.people();
        ErasureCases cases = cases(custody);
        String pseudonym = people.pseudonym(kind, key);
        boolean erased = people.find(pseudonym).map(SubjectState::erased).orElse(false);
        Stream<ErasureCase> same = erased
                ? cases.about(Set.of(pseudonym)).stream()
                : cases.about(people.linked(pseudonym)).stream().filter(ErasureDesk::reachesAllNames);
        return same.min(Comparator.comparing(c -> !c.pseudonym().equals(pseudonym)))
                .orElseGet(() -> cases.receive(caseId(pseudonym), pseudonym, kind, reason));
    }

    /** Whether the case is still to find out which other names its person has. */
    private static boolean reachesAllNames(ErasureCase open) {
        return open.requested() && (open.state() == State.RECEIVED || open.state() == State.FAILED);
    }

    private static String caseId(String pseudonym) {
        return "er-" + pseudonym.substring(0, 12);
    }

    /** The cases of that home. */
    public static ErasureCases cases(Custody custody) {
        return new ErasureCases(custody.control(), Clock.systemUTC());
    }

    /** Works every case that is not done, and files one for everybody who was erased by following a key change. */
    void work() {
        cases.receiveFollowed(ErasureDesk::caseId);
        cases.unfinished().forEach(this::work);
    }

    private void work(ErasureCase open) {
        ErasureCase now = open;
        if (now.state() == State.FAILED) {
            now = cases.advance(now.caseId(), State.FAILED, State.RECEIVED, now.steps());
        }
        if (now.state() == State.RECEIVED) {
            CrashPoint.reached("CP21");
            now = destroyKeys(now);
        }
        if (now.state() == State.BARRIER_SET) {
            long keys =
                    covered(now).stream().filter(ErasureCases.Person::hadKey).count();
            recorder.record(event(now, "SHREDDED", new ErasureRecorded.Outcome("", keys, List.of())));
            now = cases.advance(now.caseId(), State.BARRIER_SET, State.SHREDDED, now.steps().withKeyDestroyed());
            CrashPoint.reached("CP22");
        }
        if (now.state() == State.SHREDDED) {
            now = cases.advance(now.caseId(), State.SHREDDED, State.DELETING, now.steps());
        }
        deleteRows(now);
    }

    /** Only a request reaches the other names of a person; who was followed is erased under the new name alone. */
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
                now.caseId(),
                State.RECEIVED,
                State.BARRIER_SET,
                ErasureSteps.marked(Commitment.salt(), linked));
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
        long leaf = recorder.record(event(now, "DONE", new ErasureRecorded.Outcome("", 0, recorded)));
        Map<String, Long> deleted = new LinkedHashMap<>();
        deletions.forEach(d -> deleted.put(d.path(), d.rows()));
        cases.advance(
                now.caseId(), State.DELETING, State.DONE, now.steps().withRowsDeleted(leaf, deleted));
        LOG.atInfo().addKeyValue("case", now.caseId()).addKeyValue("leaf", leaf).log("person erased");
    }

    private static ErasureRecorded event(ErasureCase now, String state, ErasureRecorded.Outcome outcome) {
        String commitment = Commitment.of(now.steps().salt(), now.pseudonym());
        return new ErasureRecorded(Instant.now(), now.caseId(), state, commitment, outcome);
    }
}
