package dev.sluice.deploy.planner;

import dev.sluice.cdc.KnownFailure;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a planner plans.
 *
 * @param topics raw topics that batches read
 * @param capture names the life cycle of the capture that fills the topics; empty for topics of another program
 * @param maxRecords most records in one batch; a batch holds at least one record of every partition that has any
 * @param clock says when a held dataset is tried again
 * @param heldByCapture why capture holds datasets of these topics, by topic; no plan reads these
 * @param held called with every new hold
 * @param routes the topic of each dataset whose topic has another name than the dataset
 */
public record PlannerScope(
        Collection<String> topics,
        String capture,
        long maxRecords,
        InstantSource clock,
        Supplier<? extends Map<String, ? extends KnownFailure>> heldByCapture,
        Consumer<Holds.Hold> held,
        Map<String, String> routes) {
    public PlannerScope {
        topics = List.copyOf(topics);
        routes = Map.copyOf(routes);
    }

    /** A scope whose topics have the names of their datasets. */
    public PlannerScope(
            Collection<String> topics,
            String capture,
            long maxRecords,
            InstantSource clock,
            Supplier<? extends Map<String, ? extends KnownFailure>> heldByCapture,
            Consumer<Holds.Hold> held) {
        this(topics, capture, maxRecords, clock, heldByCapture, held, Map.of());
    }
}
