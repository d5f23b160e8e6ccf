package dev.sluice.deploy.line;

import dev.sluice.cdc.event.ChangeEvent;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Outcome;
import dev.sluice.cdc.event.RawRecord;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.policy.decision.Decided;
import dev.sluice.policy.decision.DecisionPoint;
import dev.sluice.policy.decision.Plan;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A decision point that activates every new plan before a row is treated by the plan. Safe for use by many threads. */
final class ActivatingDecisionPoint implements DecisionPoint {

    private final DecisionPoint decisions;
    private final Consumer<Plan> activate;
    private final Map<String, Plan> plans = new ConcurrentHashMap<>();

    ActivatingDecisionPoint(DecisionPoint decisions, Consumer<Plan> activate) {
        this.decisions = decisions;
        this.activate = activate;
    }

    @Override
    public Plan plan(DatasetId dataset, RowSchema schema) {
        return known(decisions.plan(dataset, schema));
    }

    @Override
    public Outcome<Decided> decide(ChangeEvent event, RawRecord raw) {
        Outcome<Decided> outcome = decisions.decide(event, raw);
        if (outcome instanceof Outcome.Accepted<Decided> accepted) {
            known(accepted.value().plan());
        }
        return outcome;
    }

    private Plan known(Plan plan) {
        plans.computeIfAbsent(plan.planId(), id -> {
            activate.accept(plan);
            return plan;
        });
        return plan;
    }
}
