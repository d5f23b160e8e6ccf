package dev.sluice.deploy.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the gateway's state and its last failure in a file for {@code sluice status}. The file is replaced whole, so a
 * reader sees the old or the new state. It is not evidence and not needed for a restart: it is written without being
 * forced to disk.
 *
 * @param file the file, {@code state.json} in the home
 */
public record StateFile(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    /**
     * What the file says.
     *
     * @param state the newest state
     * @param lastFailure the newest failure, also when the gateway has been started since
     */
    public record KeptState(LifeCycle state, Optional<LifeCycle.Failed> lastFailure) {}

    /** Replaces the state; a failure is kept until the next one. */
    public void write(LifeCycle state) {
        try {
            ObjectNode document = JSON.createObjectNode();
            document.put("format", "sluice-state").put("version", VERSION);
            document.set("state", json(state));
            Optional<LifeCycle.Failed> failure = state instanceof LifeCycle.Failed failed
                    ? Optional.of(failed)
                    : read().flatMap(KeptState::lastFailure);
            failure.ifPresent(failed -> document.set("last_failure", json(failed)));
            Path part = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(part, JSON.writeValueAsString(document) + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw LifeCycleErrors.stateUnreadable(file, e);
        }
    }

    /** What the file says; empty when no gateway has run, or when another version of the program wrote the file. */
    public Optional<KeptState> read() {
        try {
            JsonNode document = JSON.readTree(Files.readString(file));
            if (document.path("version").asInt() != VERSION) {
                return Optional.empty();
            }
            Optional<LifeCycle.Failed> failure = document.has("last_failure")
                    ? Optional.of((LifeCycle.Failed) state(document.path("last_failure")))
                    : Optional.empty();
            return Optional.of(new KeptState(state(document.path("state")), failure));
        } catch (NoSuchFileException noGatewayHasRun) {
            return Optional.empty();
        } catch (IOException e) {
            throw LifeCycleErrors.stateUnreadable(file, e);
        }
    }

    private static ObjectNode json(LifeCycle state) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", state.label()).put("since", state.since().toString()).put("reason", state.reason());
        if (state instanceof LifeCycle.Opening opening) {
            json.put("step", opening.step());
        } else if (state instanceof LifeCycle.Paused paused) {
            json.put("code", paused.code());
        } else if (state instanceof LifeCycle.Failed failed) {
            json.put("step", failed.step()).put("code", failed.code());
        }
        return json;
    }

    private LifeCycle state(JsonNode json) {
        Instant since = Instant.parse(json.path("since").asText());
        String reason = json.path("reason").asText();
        String step = json.path("step").asText();
        String name = json.path("name").asText();
        String code = json.path("code").asText();
        return switch (name) {
            case "OPENING" -> new LifeCycle.Opening(since, step);
            case "SNAPSHOTTING" -> new LifeCycle.Snapshotting(since);
            case "STREAMING" -> new LifeCycle.Streaming(since);
            case "PAUSED" -> new LifeCycle.Paused(since, code, reason);
            case "STOPPING" -> new LifeCycle.Stopping(since, reason);
            case "STOPPED" -> new LifeCycle.Stopped(since, reason);
            case "FAILED" -> new LifeCycle.Failed(since, step, code, reason);
            default -> throw LifeCycleErrors.stateUnreadable(file, new IllegalStateException("unknown state"));
        };
    }
}
