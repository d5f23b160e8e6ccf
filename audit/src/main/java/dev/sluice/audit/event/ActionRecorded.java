package dev.sluice.audit.event;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records an action of an operator or of the gateway beside the line, for example that a dead letter was discarded.
 *
 * @param at time of recording
 * @param action dotted name of the action, for example {@code dlq.discard}
 * @param attributes details of the action, sorted by name; ids, names and numbers only
 */
public record ActionRecorded(Instant at, String action, Map<String, String> attributes) implements LedgerEvent {
    static final String TYPE = "action";

    public ActionRecorded {
        at = LedgerEvent.time(at);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> body() {
        return Map.of("action", action, "attributes", attributes);
    }

    static ActionRecorded read(Instant at, Fields fields) {
        return new ActionRecorded(at, fields.text("action"), fields.textMap("attributes"));
    }
}
