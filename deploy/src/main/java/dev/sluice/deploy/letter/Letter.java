package dev.sluice.deploy.letter;

import dev.sluice.sinks.query.DeadLetterView;
import java.time.Instant;

/**
 * Shows a dead letter together with what became of it.
 *
 * @param view the dead letter as the lake holds it
 * @param state what became of it
 * @param how the reason of a discard, or {@code batch generation/number} of a replay; empty while the letter is open
 */
public record Letter(DeadLetterView view, LetterState state, String how) {

    /** Identity of the record, {@code topic-partition-offset@topicId}. */
    public String id() {
        return view.id();
    }

    /** Topic of the record. */
    public String dataset() {
        return view.dataset();
    }

    /** Stable code of the reason. */
    public String code() {
        return view.reason().code();
    }

    /** When the dead letter was written. */
    public Instant since() {
        return view.since();
    }

    /** Whether the letter waits for an operator. */
    public boolean isOpen() {
        return state == LetterState.OPEN;
    }

    @Override
    public String toString() {
        return "Letter[" + id() + "," + state + "]";
    }
}
