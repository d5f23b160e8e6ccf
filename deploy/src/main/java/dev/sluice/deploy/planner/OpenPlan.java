package dev.sluice.deploy.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.BatchPlan;
import dev.sluice.sinks.SourceCut;
import dev.sluice.sinks.SourcePartition;
import dev.sluice.sinks.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the plan of the batch at hand as one fact of the control database, {@code batch-plan}. The value is a JSON
 * object: {@code version} 1, {@code generation}, {@code number}, {@code digest} and {@code ranges}, each range with
 * {@code topic}, {@code topicId}, {@code partition}, {@code from} and {@code until}; of a replay also {@code letters},
 * the ids of the dead letters. With cuts also {@code cut}: {@code epoch}, {@code position}, {@code topicId} and {@code
 * next} of the newest cut that is known, and {@code reached}, whether the ranges end there.
 */
final class OpenPlan {

    private static final String FACT = "batch-plan";
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayState state;

    /** The plan that was written last, until its first execution has ended. */
    private @Nullable BatchPlan untouched;

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

    /** The newest cut that was known when the last plan was written. */
    @Nullable
    SourceCut lastCut() {
        return state.value(FACT).map(text -> cut(tree(text).path("cut"))).orElse(null);
    }

    /**
     * Keeps the plan instead of the one before. The plan is durable on return.
     *
     * @param last the newest cut that is known, for a plan that ends at none
     */
    void write(BatchPlan plan, @Nullable SourceCut last) {
        state.put(FACT, text(plan, last));
        untouched = plan;
    }

    /** Whether this process has written the plan and nothing of its batch. */
    boolean isUntouched(BatchPlan plan) {
        return plan.equals(untouched);
    }

    /** Notes that the last plan was executed, also in part. */
    void touched() {
        untouched = null;
    }

    /** Removes a plan of which nothing was written. */
    void forget() {
        state.remove(FACT);
    }

    static String text(BatchPlan plan, @Nullable SourceCut last) {
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
        SourceCut reached = plan.cut();
        SourceCut cut = reached == null ? last : reached;
        if (cut != null) {
            document.putObject("cut")
                    .put("epoch", cut.epoch())
                    .put("position", cut.position())
                    .put("topicId", cut.topicId())
                    .put("next", cut.next())
                    .put("reached", reached != null);
        }
        return document.toString();
    }

    private static @Nullable SourceCut cut(JsonNode cut) {
        return cut.isMissingNode()
                ? null
                : new SourceCut(
                        cut.path("epoch").asLong(),
                        cut.path("position").asText(),
                        cut.path("topicId").asText(),
                        cut.path("next").asLong());
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw PlannerErrors.planUnreadable("plan of a batch", e);
        }
    }

    /** Refuses with {@code DEP-308} a text of another version, and one whose ranges do not have the digest. */
    static BatchPlan parse(String text) {
        try {
            JsonNode document = tree(text);
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
            JsonNode cut = document.path("cut");
            BatchPlan plan =
                    new BatchPlan(id, ranges, letters, cut.path("reached").asBoolean() ? cut(cut) : null);
            if (!plan.digest().equals(document.path("digest").asText())) {
                throw PlannerErrors.planUnreadable("plan of batch " + id.text(), null);
            }
            return plan;
        } catch (IllegalArgumentException e) {
            throw PlannerErrors.planUnreadable("plan of a batch", e);
        }
    }
}
