package dev.sluice.deploy.planner;

import dev.sluice.sinks.SourcePartition;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Says what a planner plans.
 *
 * @param topics raw topics that batches read and that must be there; those of the filler come to them
 * @param filler the program that fills the topics
 * @param maxRecords most records in one batch; a batch holds at least one record of every partition that has any
 * @param clock says when a held dataset is tried again
 * @param held called with every new hold
 * @param routes the topic of each dataset whose topic has another name than the dataset
 */
public record PlannerScope(
        Collection<String> topics,
        TopicFiller filler,
        long maxRecords,
        InstantSource clock,
        Consumer<Holds.Hold> held,
        Map<String, String> routes) {
    public PlannerScope {
        topics = List.copyOf(topics);
        routes = Map.copyOf(routes);
    }

    /** The raw topics that batches read now. */
    Set<String> allTopics() {
        Set<String> all = new TreeSet<>(topics);
        all.addAll(filler.topics());
        return all;
    }

    /** What the broker holds without the cuts. */
    Map<SourcePartition, TopicExtent> data(Map<SourcePartition, TopicExtent> stored) {
        Map<SourcePartition, TopicExtent> data = new HashMap<>(stored);
        data.keySet().removeIf(source -> source.topic().equals(filler.cuts().name()));
        return data;
    }
}
