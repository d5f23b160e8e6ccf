package dev.sluice.audit.event;

import java.time.Instant;
import java.util.Map;

/**
 * A gateway took the ledger.
 *
 * @param at when
 * @param pipeline name of the pipeline
 * @param software version of the gateway
 * @param configuration SHA-256 of the pipeline file in hex, empty when there is none
 * @param generation name of the checkpoint's life whose batches follow
 */
public record GatewayStarted(Instant at, String pipeline, String software, String configuration, String generation)
        implements LedgerEvent {
    static final String TYPE = "gateway-started";

    public GatewayStarted {
        at = LedgerEvent.time(at);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> body() {
        return Map.of(
                "pipeline", pipeline,
                "software", software,
                "configuration", configuration,
                "generation", generation);
    }

    static GatewayStarted read(Instant at, Fields fields) {
        return new GatewayStarted(
                at,
                fields.text("pipeline"),
                fields.text("software"),
                fields.text("configuration"),
                fields.text("generation"));
    }
}
