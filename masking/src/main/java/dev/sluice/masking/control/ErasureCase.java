package dev.sluice.masking.control;

import java.time.Instant;

/**
 * Holds a request to erase a person, and how far the request is.
 *
 * @param caseId identity of the case
 * @param pseudonym the person, as {@code SubjectKeys.pseudonym} names them
 * @param kind kind of person
 * @param state how far the case is
 * @param requestedAt when the request was received
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

    /** Whether the case was requested. */
    public boolean requested() {
        return !reasonReference.equals(KEY_CHANGE);
    }

    /** States in their order; {@link #FAILED} can be left again to the state whose step failed. */
    public enum State {
        RECEIVED,
        BARRIER_SET,
        SHREDDED,
        DELETING,
        DONE,
        FAILED;

        /** Whether a case in this state may go to that one. */
        public boolean leadsTo(State next) {
            return switch (this) {
                case RECEIVED -> next == BARRIER_SET || next == FAILED;
                case BARRIER_SET -> next == SHREDDED || next == FAILED;
                case SHREDDED -> next == DELETING || next == FAILED;
                case DELETING -> next == DONE || next == FAILED;
                case FAILED -> next != DONE && next != FAILED;
                case DONE -> false;
            };
        }
    }
}
