package dev.sluice.audit.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One transition of an erasure case. The person is named by a commitment only: a salted hash whose salt is kept with
 * the case, so the ledger alone says nothing about who it was.
 *
 * @param at when
 * @param caseId case
 * @param state state that the case is in now, for example {@code SHREDDED}
 * @param commitment {@code sha256:} and 64 hex digits over salt and pseudonym
 * @param effect what was done in this step
 */
public record ErasureRecorded(Instant at, String caseId, String state, String commitment, ErasureEffect effect)
        implements LedgerEvent {
    static final String TYPE = "erasure";

    public ErasureRecorded {
        at = LedgerEvent.time(at);
    }

    /**
     * What a step did.
     *
     * @param barrier source position from which changes of the person are suppressed, empty when not set in this step
     * @param keysDestroyed data keys destroyed
     * @param deletions commits that removed the person's rows
     */
    public record ErasureEffect(String barrier, long keysDestroyed, List<Deletion> deletions) {
        public ErasureEffect {
            deletions = List.copyOf(deletions);
        }
    }

    /**
     * A commit that removed rows.
     *
     * @param path path of the table below the lake
     * @param tableVersion Delta version
     * @param rows rows removed
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
