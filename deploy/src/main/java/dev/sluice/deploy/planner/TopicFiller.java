package dev.sluice.deploy.planner;

import dev.sluice.cdc.KnownFailure;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Stands for the program that fills the raw topics: the gateway's own capture, or another program of which nothing is
 * known.
 */
public interface TopicFiller {

    /** Another program: the topics are all that is known. */
    TopicFiller OTHER = new TopicFiller() {
        @Override
        public String lifeCycle() {
            return "";
        }

        @Override
        public Map<String, ? extends KnownFailure> held() {
            return Map.of();
        }

        @Override
        public CutTopic cuts() {
            return CutTopic.NONE;
        }
    };

    /** Names the life cycle of our capture, which is one first snapshot and the stream after it; empty for another. */
    String lifeCycle();

    /** Why capture holds datasets, by topic; no plan reads these. */
    Map<String, ? extends KnownFailure> held();

    /** The topics of all tables that the program captures; one may come while the program runs. */
    default Collection<String> topics() {
        return List.of();
    }

    /** Says where batches can end without dividing a transaction. */
    CutTopic cuts();
}
