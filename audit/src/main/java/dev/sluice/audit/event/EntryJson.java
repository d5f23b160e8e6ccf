package dev.sluice.audit.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.audit.LedgerErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes and reads JSON in the canonical form of RFC 8785: members sorted by UTF-16 code units, no white space,
 * shortest escapes, UTF-8. Numbers are whole and within 2^53, because every JSON reader keeps such numbers exactly.
 * Safe for use by many threads.
 */
public final class EntryJson {
    private static final long LARGEST = (1L << 53) - 1;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private EntryJson() {}

    /**
     * Writes an object of texts, whole numbers, booleans, lists and objects in canonical form.
     *
     * @throws IllegalArgumentException for a value of another type, and for a text that is not valid Unicode
     */
    public static byte[] write(Map<String, ?> object) {
        StringBuilder out = new StringBuilder();
        value(object, out);
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(out));
            byte[] written = new byte[bytes.remaining()];
            bytes.get(written);
            return written;
        } catch (CharacterCodingException loneSurrogate) {
            throw new IllegalArgumentException("A text of the event is not valid Unicode.", loneSurrogate);
        }
    }

    /**
     * Reads an object. Accepts the canonical form only.
     *
     * @param where names the entry in the message
     * @throws dev.sluice.audit.LedgerException AUD-011 when the bytes are not a JSON object in canonical form
     */
    public static Map<String, Object> read(String where, byte[] bytes) {
        Map<String, Object> object;
        try {
            object = MAPPER.readValue(bytes, OBJECT);
        } catch (IOException notJson) {
            throw LedgerErrors.unreadable(where, "the entry is not a JSON object", notJson);
        }
        if (object == null || !isCanonical(object, bytes)) {
            throw LedgerErrors.unreadable(where, "the entry is not in canonical form");
        }
        return object;
    }

    private static boolean isCanonical(Map<String, Object> object, byte[] bytes) {
        try {
            return Arrays.equals(write(object), bytes);
        } catch (IllegalArgumentException otherValue) {
            return false;
        }
    }

    private static void value(Object value, StringBuilder out) {
        if (value instanceof String text) {
            text(text, out);
        } else if (value instanceof Long || value instanceof Integer) {
            number(((Number) value).longValue(), out);
        } else if (value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof List<?> list) {
            list(list, out);
        } else if (value instanceof Map<?, ?> map) {
            object(map, out);
        } else {
            throw new IllegalArgumentException("Canonical JSON has no form for a value of this type.");
        }
    }

    private static void object(Map<?, ?> map, StringBuilder out) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((name, member) -> sorted.put((String) name, member));
        char separator = '{';
        for (Map.Entry<String, Object> member : sorted.entrySet()) {
            out.append(separator);
            text(member.getKey(), out);
            out.append(':');
            value(member.getValue(), out);
            separator = ',';
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void list(List<?> list, StringBuilder out) {
        char separator = '[';
        for (Object element : list) {
            out.append(separator);
            value(element, out);
            separator = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private static void number(long number, StringBuilder out) {
        if (number > LARGEST || number < -LARGEST) {
            throw new IllegalArgumentException("A number is beyond 2^53.");
        }
        out.append(number);
    }

    private static void text(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        out.append('"');
    }
}
