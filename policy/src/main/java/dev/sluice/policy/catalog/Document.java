package dev.sluice.policy.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.policy.PolicyCheckCode;
import java.util.Map;

/**
 * Holds the content of a file, with the line of every key and list item.
 *
 * @param file file inside the policy folder, with {@code /}
 * @param root the content
 * @param lines line from 1 by JSON pointer (RFC 6901)
 */
record Document(String file, JsonNode root, Map<String, Integer> lines) {

    Document {
        lines = Map.copyOf(lines);
    }

    /** The line of that place, or of the nearest place around it. */
    int line(String pointer) {
        String at = pointer;
        while (!at.isEmpty() && !lines.containsKey(at)) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }

    /** That place of the file, or the nearest place around it. */
    Place place(String pointer) {
        return new Place(file, line(pointer));
    }

    /** A finding at that place. */
    Finding finding(PolicyCheckCode code, String pointer, String what, String fix) {
        return code.at(place(pointer), what, fix);
    }

    /** The pointer of a key below another. */
    static String below(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
