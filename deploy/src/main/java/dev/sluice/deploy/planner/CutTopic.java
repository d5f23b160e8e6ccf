package dev.sluice.deploy.planner;

import dev.sluice.sinks.SourceCut;
import dev.sluice.sinks.SourcePartition;
import java.util.List;
import java.util.Map;

/** Reads the topic in which capture says where batches can end without dividing a transaction. */
public interface CutTopic {

    /** For raw topics that another program fills: nothing says where transactions end. */
    CutTopic NONE = new CutTopic() {
        @Override
        public String name() {
            return "";
        }

        @Override
        public List<StoredCut> read(SourcePartition partition, long from, long until) {
            return List.of();
        }
    };

    /**
     * One cut.
     *
     * @param place the place
     * @param ends offset after the last record before the place, by raw topic, at least of the topics that changed
     *     since the cut before
     */
    record StoredCut(SourceCut place, Map<String, Long> ends) {}

    /** The name of the topic; empty when there is none. */
    String name();

    /** The cuts with offsets from the first, inclusive, to the second, exclusive; oldest first. */
    List<StoredCut> read(SourcePartition partition, long from, long until);
}
