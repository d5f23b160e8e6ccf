package dev.sluice.policy.decision;

import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.RowSchema;

/**
 * Says what may leave. Decides once for a dataset and schema and keeps the plan; asks no engine per record.
 *
 * <p>Safe for use by many threads. Fails closed: a dataset that policy denies, an engine that does not answer and an
 * answer that does not pass the gateway's own checks are a {@link dev.sluice.policy.PolicyException}, which stops the
 * batch.
 */
public interface DecisionPoint {

    /**
     * The plan for rows of that dataset and schema.
     *
     * @throws dev.sluice.policy.PolicyException when there is no plan; the dataset is held
     */
    Plan plan(DatasetId dataset, RowSchema schema);

    /**
     * The event with its plan.
     *
     * @param raw the record that the event was decoded from, for a rejection
     * @throws dev.sluice.policy.PolicyException when there is no plan; the dataset is held
     */
    Outcome<Decided> decide(ChangeEvent event, RawRecord raw);
}
