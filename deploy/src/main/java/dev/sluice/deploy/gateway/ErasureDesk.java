package dev.sluice.deploy.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.audit.event.ErasureRecorded;
import dev.sluice.cdc.event.CrashPoint;
import dev.sluice.masking.control.ErasureCase;
import dev.sluice.masking.control.ErasureCase.State;
import dev.sluice.masking.control.ErasureCases;
import dev.sluice.masking.key.SubjectKeys;
import dev.sluice.sinks.Lake;
import dev.sluice.sinks.erasure.Eraser;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SubjectKeys people;
    private final ErasureCases cases;
    private final Recorder recorder;
    private final SparkSession spark;
    private final Lake lake;

    ErasureDesk(Custody custody, Recorder recorder, SparkSession spark, Lake lake) {
        this.people = custody.people();
        this.cases = cases(custody);
        this.recorder = recorder;
        this.spark = spark;
        this.lake = lake;
    }

    /**
     * Files a case; nothing is erased yet. The same request again answers the case that is there.
     *
     * @param kind kind of person as the catalog names it, for example {@code customer}
     * @param key values of the subject's key fields
     * @param reason reference of the request, never text about the person
     */
    public static ErasureCase file(Custody custody, String kind, List<String> key, String reason) {
        String pseudonym = custody.people().pseudonym(kind, key);
        return cases(custody).receive("er-" + pseudonym.substring(0, 12), pseudonym, kind, reason);
    }

    /** The cases of that home. */
    public static ErasureCases cases(Custody custody) {
        return new ErasureCases(custody.control(), Clock.systemUTC());
    }

    /** Works every case that is not done. */
    void work() {
        cases.unfinished().forEach(this::work);
    }

    private void work(ErasureCase open) {
        ErasureCase now = open;
        if (now.state() == State.FAILED) {
            now = cases.advance(now.caseId(), State.FAILED, State.RECEIVED, now.steps());
        }
        if (now.state() == State.RECEIVED) {
            CrashPoint.reached("CP21");
            ObjectNode steps =
                    JSON.createObjectNode().put("salt", Commitment.salt()).put("marker", true);
            people.erase(new SubjectKeys.Erasure(
                    now.pseudonym(), now.kind(), Instant.now().toString()));
            now = cases.advance(now.caseId(), State.RECEIVED, State.BARRIER_SET, steps.toString());
        }
        if (now.state() == State.BARRIER_SET) {
            String steps = steps(now).put("key_destroyed", true).toString();
            recorder.record(event(now, "SHREDDED", new ErasureRecorded.Outcome("", 1, List.of())));
            now = cases.advance(now.caseId(), State.BARRIER_SET, State.SHREDDED, steps);
            CrashPoint.reached("CP22");
        }
        if (now.state() == State.SHREDDED) {
            now = cases.advance(now.caseId(), State.SHREDDED, State.DELETING, now.steps());
        }
        deleteRows(now);
    }

    private void deleteRows(ErasureCase now) {
        List<Eraser.Erased> deletions = Eraser.erase(spark.newSession(), lake, Set.of(now.pseudonym()));
        CrashPoint.reached("CP23");
        List<ErasureRecorded.Deletion> recorded = deletions.stream()
                .map(d -> new ErasureRecorded.Deletion(d.path(), d.version(), d.rows()))
                .toList();
        long leaf = recorder.record(event(now, "DONE", new ErasureRecorded.Outcome("", 0, recorded)));
        ObjectNode steps = steps(now).put("ledger_leaf", leaf);
        ObjectNode rows = steps.putObject("rows_deleted");
        deletions.forEach(d -> rows.put(d.path(), d.rows()));
        cases.advance(now.caseId(), State.DELETING, State.DONE, steps.toString());
        LOG.atInfo().addKeyValue("case", now.caseId()).addKeyValue("leaf", leaf).log("person erased");
    }

    private static ErasureRecorded event(ErasureCase now, String state, ErasureRecorded.Outcome outcome) {
        String salt = steps(now).path("salt").asText();
        return new ErasureRecorded(Instant.now(), now.caseId(), state, Commitment.of(salt, now.pseudonym()), outcome);
    }

    private static ObjectNode steps(ErasureCase now) {
        try {
            return (ObjectNode) JSON.readTree(now.steps());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the steps of case " + now.caseId() + " are not ours", e);
        }
    }
}
