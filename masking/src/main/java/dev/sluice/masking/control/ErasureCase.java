package dev.sluice.masking.control;

import java.time.Instant;

/**
 * Holds an erasure case: the person to erase, the reason, and the state that the case has reached.
 *
 * @param caseId identity of the case
 * @param pseudonym the person, as {@code SubjectKeys.pseudonym} names them
 * @param kind kind of person
 * @param state state that the case has reached
 * @param requestedAt when the case was opened
 * @param reasonReference reference to the reason (a ticket number), never text about the person
 * @param steps evidence of the steps that the case has run
 * @param updatedAt last change of the case
 */
public record ErasureCase(
        String caseId,
        String pseudonym,
        String kind,
        State state,
        Instant requestedAt,
        String reasonReference,
        ErasureSteps steps,
        Instant updatedAt) {

    /**
     * The reason reference of cases without a request: the row of an erased person got a new key, and the person was
     * erased under the new key as well.
     */
    public static final String KEY_CHANGE = "key-change";

    /** Whether a request opened the case, and not a key change of an erased person. */
    public boolean requested() {
        return !reasonReference.equals(KEY_CHANGE);
    }

    /**
     * Lists the states in their order. A case whose step fails keeps its state, and the step runs again.
     */
    public enum State {
        RECEIVED,
        BARRIER_SET,
        SHREDDED,
        DELETING,
        DONE;

        /** Whether a case in this state may go to the state {@code next}. */
        public boolean leadsTo(State next) {
            return switch (this) {
                case RECEIVED -> next == BARRIER_SET;
                case BARRIER_SET -> next == SHREDDED;
                case SHREDDED -> next == DELETING;
                case DELETING -> next == DONE;
                case DONE -> false;
            };
        }
    }
}
