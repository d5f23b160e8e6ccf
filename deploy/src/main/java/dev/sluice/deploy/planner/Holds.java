package dev.sluice.deploy.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.masking.control.GatewayState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which datasets are held, and says when each of them is tried again: at every start, then after one minute, and
 * after twice the wait each time up to one hour. A dataset that capture holds is not tried before capture releases it.
 * The holds are one fact of the control database, {@code holds}: a JSON
 * object with {@code version} 1 and {@code holds}, each with {@code dataset}, {@code since}, {@code code} and {@code
 * reason}, with {@code name} where the topic is not named after the dataset, and with {@code accounted} where that is
 * known. Safe for use by many threads.
 */
public final class Holds {

    private static final String FACT = "holds";
    private static final int VERSION = 1;
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayState state;
    private final InstantSource clock;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Hold> holds = new TreeMap<>();
    private final Map<String, Pause> pauses = new HashMap<>();
    private Set<String> heldByCapture = Set.of();

    /**
     * A dataset that is held. Its records wait in their topic, and its position in the ledger stays.
     *
     * @param dataset topic of the dataset
     * @param name name of the dataset, {@code source.schema.table}; the topic, unless the pipeline names another one
     * @param since when the dataset was held
     * @param code stable code of the cause
     * @param reason the message of the cause, without a data value
     * @param accounted epoch and position of the source up to which the ledger holds every change of the dataset; null
     *     when that is not known
     */
    public record Hold(
            String dataset, String name, Instant since, String code, String reason, @Nullable String accounted) {

        /** The next command of the operator. */
        public String next() {
            return code.isEmpty() ? "sluice doctor" : "sluice explain " + code;
        }
    }

    private record Pause(Instant until, Duration length) {}

    /**
     * The holds that the control database keeps; all of them are due.
     *
     * @param routes the topic of each dataset whose topic has another name than the dataset
     */
    Holds(GatewayState state, InstantSource clock, Map<String, String> routes) {
        this.state = state;
        this.clock = clock;
        routes.forEach((name, topic) -> names.put(topic, name));
        kept(state).forEach(hold -> holds.put(hold.dataset(), hold));
    }

    /** The holds that the control database of a home keeps, by dataset. */
    public static List<Hold> kept(GatewayState state) {
        return state.value(FACT).map(Holds::parse).orElse(List.of());
    }

    /** All holds, by dataset. */
    synchronized List<Hold> all() {
        return List.copyOf(holds.values());
    }

    synchronized boolean isHeld(String dataset) {
        return holds.containsKey(dataset);
    }

    /** Whether the dataset is held for that cause. */
    synchronized boolean isHeldFor(String dataset, String code) {
        Hold hold = holds.get(dataset);
        return hold != null && hold.code().equals(code);
    }

    /** Says which datasets capture holds now. A dataset that capture has released is tried at once. */
    synchronized void heldByCapture(Set<String> datasets) {
        heldByCapture.stream().filter(dataset -> !datasets.contains(dataset)).forEach(pauses::remove);
        heldByCapture = Set.copyOf(datasets);
    }

    /** Whether the dataset is held and its next try lies in the future. */
    synchronized boolean isWaiting(String dataset) {
        if (heldByCapture.contains(dataset)) {
            return true;
        }
        Pause pause = pauses.get(dataset);
        return holds.containsKey(dataset) && pause != null && clock.instant().isBefore(pause.until());
    }

    /** The first held dataset that is to be tried now. */
    synchronized Optional<String> due() {
        return holds.keySet().stream().filter(dataset -> !isWaiting(dataset)).findFirst();
    }

    /**
     * Holds a dataset, or notes that a try failed. A dataset that is held keeps its moment and its position.
     *
     * @param accounted epoch and position up to which the ledger holds every change of the datasets that flow
     * @return the hold when the dataset was not held for that cause before
     */
    synchronized Optional<Hold> hold(String dataset, String code, String reason, @Nullable String accounted) {
        Instant now = clock.instant();
        Hold before = holds.get(dataset);
        String name = names.getOrDefault(dataset, dataset);
        Hold hold = before == null
                ? new Hold(dataset, name, now, code, reason, accounted)
                : new Hold(dataset, name, before.since(), code, reason, before.accounted());
        holds.put(dataset, hold);
        Pause last = pauses.get(dataset);
        Duration doubled = last == null ? FIRST_WAIT : last.length().multipliedBy(2);
        Duration wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
        pauses.put(dataset, new Pause(now.plus(wait), wait));
        keep();
        return before != null && before.code().equals(code) ? Optional.empty() : Optional.of(hold);
    }

    /** Lets a dataset flow again; answers whether the dataset was held. */
    synchronized boolean release(String dataset) {
        pauses.remove(dataset);
        boolean held = holds.remove(dataset) != null;
        if (held) {
            keep();
        }
        return held;
    }

    private void keep() {
        ObjectNode document = JSON.createObjectNode().put("version", VERSION);
        ArrayNode list = document.putArray("holds");
        for (Hold hold : holds.values()) {
            ObjectNode entry = list.addObject()
                    .put("dataset", hold.dataset())
                    .put("since", hold.since().toString())
                    .put("code", hold.code())
                    .put("reason", hold.reason())
                    .put("accounted", hold.accounted());
            if (!hold.name().equals(hold.dataset())) {
                entry.put("name", hold.name());
            }
        }
        state.put(FACT, document.toString());
    }

    private static List<Hold> parse(String text) {
        try {
            JsonNode document = JSON.readTree(text);
            if (document.path("version").asInt() != VERSION) {
                throw PlannerErrors.planUnreadable("list of held datasets", null);
            }
            Map<String, Hold> holds = new TreeMap<>();
            for (JsonNode hold : document.path("holds")) {
                String dataset = hold.path("dataset").asText();
                Instant since = Instant.parse(hold.path("since").asText());
                holds.put(
                        dataset,
                        new Hold(
                                dataset,
                                hold.path("name").asText(dataset),
                                since,
                                hold.path("code").asText(),
                                hold.path("reason").asText(),
                                hold.path("accounted").asText(null)));
            }
            return List.copyOf(holds.values());
        } catch (JsonProcessingException | DateTimeException e) {
            throw PlannerErrors.planUnreadable("list of held datasets", e);
        }
    }
}
