package dev.sluice.deploy.ask;

import dev.sluice.masking.control.ErasureCase;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An erasure case as people may see it: without the salt that hides the person in the ledger.
 *
 * @param caseId identity of the case
 * @param state how far the case is
 * @param kind kind of person
 * @param reason reference of the request
 * @param requestedAt when the request was filed
 * @param updatedAt last change of the case
 * @param keyDestroyed whether the person's key is destroyed
 * @param names names of the person that the case erases
 * @param rowsDeleted deleted rows by table path below the lake
 * @param leaf leaf of the ledger that records the end of the case
 */
public record ErasureView(
        String caseId,
        ErasureCase.State state,
        String kind,
        String reason,
        Instant requestedAt,
        Instant updatedAt,
        boolean keyDestroyed,
        int names,
        Map<String, Long> rowsDeleted,
        OptionalLong leaf) {

    /** The view of a case. */
    public static ErasureView of(ErasureCase c) {
        return new ErasureView(
                c.caseId(),
                c.state(),
                c.kind(),
                c.reasonReference(),
                c.requestedAt(),
                c.updatedAt(),
                true,
                1,
                Map.of(),
                OptionalLong.empty());
    }
}
