package dev.sluice.policy.decision;

import dev.sluice.cdc.event.ChangeEvent;
import java.io.Serializable;

/**
 * Joins a change event with the plan that says what may leave of it. Holds clear data.
 *
 * @param event the event
 * @param plan the plan of its dataset and schema
 */
public record Decided(ChangeEvent event, Plan plan) implements Serializable {

    public Decided {
        if (!plan.dataset().equals(event.source().dataset())
                || !plan.schema().fingerprint().equals(event.schema().fingerprint())) {
            throw new IllegalArgumentException(
                    "The plan of " + plan.dataset() + " is for another dataset or schema than the record "
                            + event.origin().coordinates() + ".");
        }
    }

    @Override
    public String toString() {
        return "Decided[" + event.origin().coordinates() + ", " + plan.planId() + "]";
    }
}
