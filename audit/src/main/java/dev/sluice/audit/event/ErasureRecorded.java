package dev.sluice.audit.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records that an erasure case reached a state. The commitment is a salted hash of the pseudonym, and the salt stays
 * with the case, so the commitment alone does not tell who the person is. The event is only as anonymous as its case
 * id.
 *
 * @param at time of recording
 * @param caseId id of the erasure case
 * @param state state that the case reached, for example {@code SHREDDED}
 * @param commitment {@code sha256:} and 64 hex digits over salt and pseudonym
 * @param effect what the step did
 */
public record ErasureRecorded(Instant at, String caseId, String state, String commitment, ErasureEffect effect)
        implements LedgerEvent {
    static final String TYPE = "erasure";

    public ErasureRecorded {
        at = LedgerEvent.time(at);
    }

    /**
     * Counts what a step did.
     *
     * @param barrier source position from which changes of the person are suppressed; empty when the step set none
     * @param keysDestroyed number of data keys that the step destroyed
     * @param deletions commits that deleted rows of the person
     */
    public record ErasureEffect(String barrier, long keysDestroyed, List<Deletion> deletions) {
        public ErasureEffect {
            deletions = List.copyOf(deletions);
        }
    }

    /**
     * Names a commit that deleted rows of the person.
     *
     * @param path path of the table below the lake
     * @param tableVersion Delta version of the commit
     * @param rows number of deleted rows
     */
    public record Deletion(String path, long tableVersion, long rows) {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> body() {
        Map<String, Object> body = new TreeMap<>();
        body.put("case", caseId);
        body.put("state", state);
        body.put("commitment", commitment);
        body.put("barrier", effect.barrier());
        body.put("keysDestroyed", effect.keysDestroyed());
        body.put(
                "deletions",
                effect.deletions().stream()
                        .map(d -> Map.of("path", d.path(), "tableVersion", d.tableVersion(), "rows", d.rows()))
                        .toList());
        return body;
    }

    static ErasureRecorded read(Instant at, Fields fields) {
        return new ErasureRecorded(
                at,
                fields.text("case"),
                fields.text("state"),
                fields.text("commitment"),
                new ErasureEffect(
                        fields.text("barrier"),
                        fields.number("keysDestroyed"),
                        fields.objects(
                                "deletions",
                                d -> new Deletion(d.text("path"), d.number("tableVersion"), d.number("rows")))));
    }
}
