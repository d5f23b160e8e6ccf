package dev.sluice.cdc.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Calls a registry over the Confluent REST API (Confluent, Apicurio under {@code /apis/ccompat/v7}, Karapace and
 * others). Thread-safe. Every call ends within {@code attempts x timeout} plus pauses of at most 8 seconds in sum per 4
 * attempts; redirects are not followed, and an answer that does not look like one of a registry counts as an outage.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {

    private static final int NO_SUBJECT = 40401;
    private static final int NO_VERSION = 40402;
    private static final int NO_SCHEMA = 40403;

    private final RegistryCalls calls;

    public HttpSchemaRegistry(RegistrySettings settings) {
        this.calls = new RegistryCalls(settings);
    }

    @Override
    public int register(String subject, String schema) {
        RegistryAnswer answer = calls.post("/subjects/" + segment(subject) + "/versions", body(schema));
        if (answer.status() == 409) {
            throw RegistryErrors.incompatible(subject);
        }
        return id(answer.orRefused());
    }

    @Override
    public Optional<String> schema(int id) {
        RegistryAnswer answer = calls.get("/schemas/ids/" + Integer.toUnsignedString(id));
        if (answer.says(NO_SCHEMA)) {
            return Optional.empty();
        }
        RegistryAnswer found = answer.orRefused();
        String type = found.json().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            return Optional.empty();
        }
        JsonNode schema = found.json().path("schema");
        if (!schema.isTextual()) {
            throw RegistryErrors.notARegistry(found.asked(), "it has no text named schema");
        }
        return Optional.of(schema.textValue());
    }

    @Override
    public Optional<Integer> find(String subject, String schema) {
        RegistryAnswer answer = calls.post("/subjects/" + segment(subject), body(schema));
        if (answer.says(NO_SUBJECT) || answer.says(NO_SCHEMA)) {
            return Optional.empty();
        }
        return Optional.of(id(answer.orRefused()));
    }

    @Override
    public boolean compatible(String subject, String schema) {
        String path = "/compatibility/subjects/" + segment(subject) + "/versions/latest";
        RegistryAnswer answer = calls.post(path, body(schema));
        if (answer.says(NO_SUBJECT) || answer.says(NO_VERSION)) {
            return true;
        }
        JsonNode verdict = answer.orRefused().json().path("is_compatible");
        if (!verdict.isBoolean()) {
            throw RegistryErrors.notARegistry(answer.asked(), "it has no truth value named is_compatible");
        }
        return verdict.booleanValue();
    }

    @Override
    public void compatibility(String subject, Compatibility level) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("compatibility", level.name());
        calls.put("/config/" + segment(subject), body).orRefused();
    }

    private static int id(RegistryAnswer answer) {
        JsonNode id = answer.json().path("id");
        if (!id.canConvertToInt() || !id.isIntegralNumber()) {
            throw RegistryErrors.notARegistry(answer.asked(), "it has no number named id");
        }
        return id.intValue();
    }

    private static ObjectNode body(String schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema);
    }

    /** One path segment: a subject may hold a slash, a blank or dots. */
    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
