package dev.sluice.cdc.decode.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.cdc.decode.avro.BadRecord;
import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.cdc.decode.avro.DecodeLimits;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates a Connect schema, as {@code JsonConverter} writes it, to the Avro schema that a Connect Avro converter
 * makes of it: semantic name and parameters go into {@code connect.name} and {@code connect.parameters}. One object
 * serves one schema.
 */
final class ConnectSchema {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Map<String, String> PLAIN = Map.of(
            "boolean", "boolean",
            "int8", "int",
            "int16", "int",
            "int32", "int",
            "int64", "long",
            "float", "float",
            "double", "double",
            "bytes", "bytes",
            "string", "string");

    private final DecodeLimits limits;
    private final Map<JsonNode, String> records = new HashMap<>();
    private int depth;

    ConnectSchema(DecodeLimits limits) {
        this.limits = limits;
    }

    /**
     * The Avro schema, without a choice of null at the top.
     *
     * @throws BadRecord {@code BAD_SCHEMA} when the JSON is not a Connect schema
     */
    JsonNode avro(JsonNode connect) {
        return value(connect);
    }

    private JsonNode any(JsonNode connect) {
        if (++depth > limits.maxDepth()) {
            throw bad("it is deeper than " + limits.maxDepth() + " levels");
        }
        JsonNode value = value(connect);
        depth--;
        return connect.path("optional").asBoolean()
                ? NODES.arrayNode().add("null").add(value)
                : value;
    }

    private JsonNode value(JsonNode connect) {
        String type = connect.path("type").asText();
        return switch (type) {
            case "struct" -> struct(connect);
            case "array" -> described(connect, "array").set("items", any(connect.path("items")));
            case "map" -> map(connect);
            default -> plain(connect, type);
        };
    }

    private JsonNode plain(JsonNode connect, String type) {
        String avro = PLAIN.get(type);
        if (avro == null) {
            throw bad("it has a type that is none of Kafka Connect");
        }
        ObjectNode node = described(connect, avro);
        return type.equals("int8") || type.equals("int16") ? node.put("connect.type", type) : node;
    }

    private JsonNode map(JsonNode connect) {
        if (!connect.path("keys").path("type").asText().equals("string")) {
            throw BadRecord.of(DecodeCode.UNSUPPORTED_TYPE, "map with keys that are no texts");
        }
        return described(connect, "map").set("values", any(connect.path("values")));
    }

    /** A structure that stands there twice, as before and after do, is one type. */
    private JsonNode struct(JsonNode connect) {
        ObjectNode form = connect.deepCopy();
        form.remove(List.of("optional", "field", "default", "doc"));
        String known = records.get(form);
        if (known != null) {
            return TextNode.valueOf(known);
        }
        ObjectNode node = described(connect, "record");
        String name = "R" + records.size();
        records.put(form, name);
        node.put("name", name);
        ArrayNode fields = node.putArray("fields");
        for (JsonNode field : connect.path("fields")) {
            fields.add(field(field));
        }
        return node;
    }

    private ObjectNode field(JsonNode connect) {
        if (!connect.path("field").isTextual()) {
            throw bad("a field has no name");
        }
        ObjectNode field = NODES.objectNode().put("name", connect.path("field").textValue());
        field.set("type", any(connect));
        JsonNode fallback = connect.path("default");
        if (fallback.isValueNode() && !connect.path("optional").asBoolean()) {
            field.set("default", avroDefault(connect, fallback));
        }
        return field;
    }

    /** Avro writes bytes as a text of one character for each byte. */
    private static JsonNode avroDefault(JsonNode connect, JsonNode fallback) {
        if (!connect.path("type").asText().equals("bytes") || !fallback.isTextual()) {
            return fallback;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(fallback.textValue());
            return TextNode.valueOf(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw bad("a default is not the bytes that its type says");
        }
    }

    private static ObjectNode described(JsonNode connect, String type) {
        ObjectNode node = NODES.objectNode().put("type", type);
        if (connect.path("name").isTextual()) {
            node.put("connect.name", connect.path("name").textValue());
        }
        if (connect.path("parameters").isObject()) {
            node.set("connect.parameters", connect.path("parameters"));
        }
        return node;
    }

    private static BadRecord bad(String what) {
        return BadRecord.of(DecodeCode.BAD_SCHEMA, what);
    }
}
