package dev.sluice.audit.event;

import java.time.Instant;
import java.util.Map;

/**
 * Records that a gateway started and opened the ledger for writing.
 *
 * @param at time of recording
 * @param pipeline name of the pipeline
 * @param software version of the gateway
 * @param configuration SHA-256 of the pipeline file in hex; empty when the gateway does not record it
 * @param generation generation of the batches that follow
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
