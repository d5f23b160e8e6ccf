package dev.sluice.deploy.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.deploy.DeployException;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.sinks.SourcePartition;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Notices a raw topic that was deleted and made again under its name. The ids of the topics are one fact of the control
 * database, {@code raw-topics}: a JSON object with {@code version} 1, {@code capture} and {@code topics}, which holds
 * the id of each topic by name.
 *
 * <p>A capture that begins anew reads the tables again into new topics, so a gateway accepts their ids. Under the same
 * capture, and for topics that another program fills, a new id means that records may be lost. Not thread-safe.
 */
final class TopicIdentities {

    private static final String FACT = "raw-topics";
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayState state;
    private final String capture;
    private final Map<String, String> known = new TreeMap<>();
    private boolean otherCapture;

    /**
     * The identities of the topics of one capture.
     *
     * @param capture names the life cycle of the capture that fills the topics; empty for topics of another program
     */
    TopicIdentities(GatewayState state, String capture) {
        this.state = state;
        this.capture = capture;
        state.value(FACT).ifPresent(this::parse);
    }

    /** Whether another capture filled the topics that were read last; true once, until the new ids are learned. */
    boolean otherCapture() {
        return otherCapture;
    }

    /** Remembers the ids of topics that are new. */
    void learn(Collection<SourcePartition> present) {
        boolean learned = false;
        for (SourcePartition source : present) {
            learned |= known.putIfAbsent(source.topic(), source.topicId()) == null;
        }
        if (learned) {
            otherCapture = false;
            state.put(FACT, text());
        }
    }

    /** {@code DEP-316} when the topic was made again under the same capture. */
    Optional<DeployException> fault(SourcePartition source) {
        return source.topicId().equals(known.get(source.topic()))
                ? Optional.empty()
                : Optional.of(PlannerErrors.topicRemade(source.topic()));
    }

    private String text() {
        ObjectNode document = JSON.createObjectNode();
        document.put("version", VERSION).put("capture", capture);
        ObjectNode topics = document.putObject("topics");
        known.forEach(topics::put);
        return document.toString();
    }

    private void parse(String text) {
        try {
            JsonNode document = JSON.readTree(text);
            if (document.path("version").asInt() != VERSION) {
                throw PlannerErrors.planUnreadable("list of raw topics", null);
            }
            if (document.path("capture").asText().equals(capture)) {
                document.path("topics")
                        .properties()
                        .forEach(topic ->
                                known.put(topic.getKey(), topic.getValue().asText()));
            } else {
                otherCapture = true;
            }
        } catch (JsonProcessingException e) {
            throw PlannerErrors.planUnreadable("list of raw topics", e);
        }
    }
}
