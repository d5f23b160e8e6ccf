package dev.sluice.policy.opa;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.policy.CanonicalJson;
import dev.sluice.policy.PolicyErrors;
import dev.sluice.policy.PolicyException;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.PolicyEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Asks an OPA server over its REST API, version 1 (openpolicyagent.org, "REST API"). The server holds the same folder,
 * either because it was started with the folder ({@code opa run --server -b FOLDER}) or because {@link #publish()} sent
 * the folder. Before every question the engine compares data and library of the server with the folder of this gateway;
 * the answer of a server with another revision is not used. Redirects are not followed. Thread-safe.
 */
public final class ServerPolicyEngine implements PolicyEngine {

    private static final int OK = 200;
    private static final Pattern OF_THE_GATE = Pattern.compile("(?m)^package\\s+gate\\s*$");

    private final URI base;
    private final PolicyFolder folder;
    private final Duration timeout;
    private final HttpClient http;

    /**
     * An engine for that server.
     *
     * @param base address without a path, for example {@code http://127.0.0.1:8181}
     * @param folder the folder that the server must hold, with its {@code lib/*.rego}
     * @param timeout the most that one request may take
     */
    public ServerPolicyEngine(URI base, PolicyFolder folder, Duration timeout) {
        if (folder.rego().isEmpty()) {
            throw PolicyErrors.notCompiled(
                    folder.root().toString(), "an OPA server needs lib/*.rego, but the folder has none");
        }
        this.base = base;
        this.folder = folder;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Puts data and library of the folder on the server. Not for a server that loads a bundle.
     *
     * @throws PolicyException when the server refuses
     */
    public void publish() {
        for (Map.Entry<String, JsonNode> part : folder.data().properties()) {
            send("PUT", "/v1/data/" + part.getKey(), "application/json", CanonicalJson.text(part.getValue()));
        }
        folder.rego()
                .forEach((file, bytes) ->
                        send("PUT", "/v1/policies/" + file, "text/plain", new String(bytes, StandardCharsets.UTF_8)));
    }

    /**
     * Asks the server for its policies, and changes nothing.
     *
     * @throws PolicyException {@code POL-006} when the server does not answer
     */
    public void requireAnswer() {
        send("GET", "/v1/policies", "application/json", "");
    }

    @Override
    public JsonNode evaluate(JsonNode input) {
        sameData();
        sameLibrary();
        JsonNode question = JsonNodeFactory.instance.objectNode().set("input", input);
        JsonNode answer = send("POST", "/v1/data/gate/plan", "application/json", CanonicalJson.text(question));
        if (!answer.path("result").isObject()) {
            throw PolicyErrors.noAnswer(engine(), "the decision is undefined");
        }
        return answer.path("result");
    }

    @Override
    public String engine() {
        return "opa-server " + base;
    }

    /** Holds nothing that must be closed. */
    @Override
    public void close() {}

    private void sameData() {
        for (Map.Entry<String, JsonNode> part : folder.data().properties()) {
            JsonNode held = send("GET", "/v1/data/" + part.getKey(), "application/json", "")
                    .path("result");
            if (!CanonicalJson.text(held).equals(CanonicalJson.text(part.getValue()))) {
                throw PolicyErrors.noAnswer(engine(), "it holds another revision of " + part.getKey());
            }
        }
    }

    private void sameLibrary() {
        TreeSet<String> ours = new TreeSet<>();
        folder.rego().values().forEach(bytes -> ours.add(new String(bytes, StandardCharsets.UTF_8)));
        TreeSet<String> theirs = new TreeSet<>();
        for (JsonNode policy :
                send("GET", "/v1/policies", "application/json", "").path("result")) {
            String raw = policy.path("raw").asText();
            if (OF_THE_GATE.matcher(raw).find() || ours.contains(raw)) {
                theirs.add(raw);
            }
        }
        if (!theirs.equals(ours)) {
            throw PolicyErrors.noAnswer(engine(), "it holds another revision of lib/");
        }
    }

    private JsonNode send(String method, String path, String type, String body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(timeout)
                .header("Content-Type", type)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != OK && !(method.equals("PUT") && response.statusCode() == 204)) {
                throw PolicyErrors.noAnswer(engine(), method + " " + path + " returned " + response.statusCode());
            }
            return response.body().isEmpty() ? JsonNodeFactory.instance.objectNode() : json(response.body(), path);
        } catch (IOException e) {
            throw PolicyErrors.noAnswer(
                    engine(), "the call failed with " + e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PolicyErrors.noAnswer(engine(), "a stop interrupted it", e);
        }
    }

    private JsonNode json(String body, String path) {
        try {
            return CanonicalJson.parse(body);
        } catch (JsonProcessingException e) {
            throw PolicyErrors.noAnswer(engine(), "the answer to " + path + " is not JSON", e);
        }
    }
}
