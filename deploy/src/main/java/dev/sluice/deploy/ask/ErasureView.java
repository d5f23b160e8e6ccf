package dev.sluice.deploy.ask;

import dev.sluice.masking.control.ErasureCase;
import dev.sluice.masking.control.ErasureSteps;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows an erasure case without the salt that hides the person in the ledger.
 *
 * @param caseId identity of the case
 * @param state how far the case is
 * @param filed what was asked for, and when
 * @param effect what has been done
 */
public record ErasureView(String caseId, ErasureCase.State state, Filed filed, Effect effect) {

    /**
     * What was asked for, and when.
     *
     * @param kind kind of person
     * @param reason reference of the request
     * @param requestedAt when the request was filed
     * @param updatedAt last change of the case
     */
    public record Filed(String kind, String reason, Instant requestedAt, Instant updatedAt) {}

    /**
     * What has been done.
     *
     * @param keyDestroyed whether the person's key is destroyed
     * @param names names of the person that the case erases
     * @param rowsDeleted deleted rows by table path below the lake
     * @param leaf leaf of the ledger that records the end of the case, null before the end
     */
    public record Effect(boolean keyDestroyed, int names, Map<String, Long> rowsDeleted, @Nullable Long leaf) {
        public Effect {
            rowsDeleted = Map.copyOf(rowsDeleted);
        }
    }

    /** The view of a case. */
    public static ErasureView of(ErasureCase c) {
        return new ErasureView(
                c.caseId(),
                c.state(),
                new Filed(c.kind(), c.reasonReference(), c.requestedAt(), c.updatedAt()),
                effect(c.steps()));
    }

    private static Effect effect(ErasureSteps steps) {
        return new Effect(steps.keyDestroyed(), 1 + steps.linked().size(), steps.rowsDeleted(), steps.ledgerLeaf());
    }
}
