package dev.sluice.deploy.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the plan of the batch at hand as one fact of the control database, {@code batch-plan}. The value is a JSON
 * object: {@code version} 1, {@code generation}, {@code number}, {@code digest} and {@code ranges}, each range with
 * {@code topic}, {@code topicId}, {@code partition}, {@code from} and {@code until}; of a replay also {@code letters},
 * the ids of the dead letters.
 */
final class OpenPlan {

    private static final String FACT = "batch-plan";
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayState state;

    OpenPlan(GatewayState state) {
        this.state = state;
    }

    /** The plan that was written last; its batch may be recorded since. Empty before the first batch. */
    Optional<BatchPlan> read() {
        return state.value(FACT).map(OpenPlan::parse);
    }

    /**
     * The plan that the ledger does not record yet.
     *
     * @param next the number of the next batch of the ledger
     */
    Optional<BatchPlan> unrecorded(long next) {
        Optional<BatchPlan> plan = read().filter(kept -> kept.id().number() >= next);
        plan.map(BatchPlan::id).filter(id -> id.number() > next).ifPresent(id -> {
            throw PlannerErrors.planAhead(id, next);
        });
        return plan;
    }

    /** Keeps the plan instead of the one before. The plan is durable on return. */
    void write(BatchPlan plan) {
        state.put(FACT, text(plan));
    }

    /** Removes a plan of which nothing was written. */
    void forget() {
        state.remove(FACT);
    }

    static String text(BatchPlan plan) {
        ObjectNode document = JSON.createObjectNode();
        document.put("version", VERSION)
                .put("generation", plan.id().generation())
                .put("number", plan.id().number())
                .put("digest", plan.digest());
        ArrayNode ranges = document.putArray("ranges");
        for (SourceRange range : plan.ranges()) {
            ranges.addObject()
                    .put("topic", range.source().topic())
                    .put("topicId", range.source().topicId())
                    .put("partition", range.source().partition())
                    .put("from", range.from())
                    .put("until", range.until());
        }
        if (plan.isReplay()) {
            plan.letters().forEach(document.putArray("letters")::add);
        }
        return document.toString();
    }

    /** Refuses with {@code DEP-308} a text of another version, and one whose ranges do not have the digest. */
    static BatchPlan parse(String text) {
        try {
            JsonNode document = JSON.readTree(text);
            if (document.path("version").asInt() != VERSION) {
                throw PlannerErrors.planUnreadable("plan of a batch", null);
            }
            List<SourceRange> ranges = new ArrayList<>();
            for (JsonNode range : document.path("ranges")) {
                SourcePartition source = new SourcePartition(
                        range.path("topic").asText(),
                        range.path("topicId").asText(),
                        range.path("partition").asInt());
                ranges.add(new SourceRange(
                        source, range.path("from").asLong(), range.path("until").asLong()));
            }
            BatchId id = new BatchId(
                    document.path("generation").asText(),
                    document.path("number").asLong(-1));
            List<String> letters = new ArrayList<>();
            document.path("letters").forEach(letter -> letters.add(letter.asText()));
            BatchPlan plan = new BatchPlan(id, ranges, letters);
            if (!plan.digest().equals(document.path("digest").asText())) {
                throw PlannerErrors.planUnreadable("plan of batch " + id.text(), null);
            }
            return plan;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw PlannerErrors.planUnreadable("plan of a batch", e);
        }
    }
}
