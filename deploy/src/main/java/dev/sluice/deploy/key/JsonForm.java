package dev.sluice.deploy.key;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.sluice.deploy.DeployException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes the JSON form of a key: an array of texts, strictly after RFC 8259. A number stands for the text of
 * its digits as written; null, truth values, arrays and objects are no parts.
 */
final class JsonForm {

    /** A number is read as text, so its length costs nothing. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(KeySource.MOST_BYTES)
                    .build())
            .build();

    private static final String BLANKS = " \t\r\n";

    private JsonForm() {}

    /** Whether the text begins as this form does. */
    static boolean begins(String text) {
        return text.chars().filter(c -> BLANKS.indexOf(c) < 0).limit(1).anyMatch(c -> c == '[');
    }

    /** The parts of a key in this form. */
    static List<String> read(String text, String place) {
        List<String> parts;
        try (JsonParser json = JSON.createParser(text)) {
            parts = parts(json, place);
            if (json.nextToken() != null) {
                throw broken(place, json.currentTokenLocation());
            }
        } catch (JsonProcessingException broken) {
            // The exception is not chained: its message quotes the text.
            throw broken(place, broken.getLocation());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (parts.isEmpty()) {
            throw KeyErrors.noKey(place);
        }
        if (!parts.stream().allMatch(Unicode::isWhole)) {
            throw KeyErrors.notUnicode(place);
        }
        return parts;
    }

    private static DeployException broken(String place, JsonLocation at) {
        return KeyErrors.notJson(place, at.getCharOffset() + 1);
    }

    private static List<String> parts(JsonParser json, String place) throws IOException {
        List<String> parts = new ArrayList<>();
        json.nextToken();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
                throw KeyErrors.notAPart(place, parts.size() + 1);
            }
            parts.add(json.getText());
        }
        return parts;
    }

    /** The same JSON with every hidden character as {@code \}{@code uXXXX}. */
    static String escapeHidden(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        json.codePoints().forEach(character -> {
            if (Unicode.isHidden(character)) {
                for (char unit : Character.toChars(character)) {
                    escaped.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }
}
