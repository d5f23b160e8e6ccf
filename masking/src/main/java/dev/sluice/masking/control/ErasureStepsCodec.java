package dev.sluice.masking.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.masking.error.ProtectionErrors;
import dev.sluice.masking.error.ProtectionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the JSON form of {@link ErasureSteps} in the control database. The form is frozen: {@code []}
 * before the first step, then an object with the members {@code salt}, {@code marker}, {@code linked} (only when the
 * person has other pseudonyms), {@code key_destroyed}, {@code ledger_leaf} and {@code rows_deleted}, each from its step
 * on.
 */
final class ErasureStepsCodec {

    private static final String SALT = "salt";
    private static final String MARKER = "marker";
    private static final String LINKED = "linked";
    private static final String KEY_DESTROYED = "key_destroyed";
    private static final String LEDGER_LEAF = "ledger_leaf";
    private static final String ROWS_DELETED = "rows_deleted";
    private static final Set<String> MEMBERS = Set.of(SALT, MARKER, LINKED, KEY_DESTROYED, LEDGER_LEAF, ROWS_DELETED);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private ErasureStepsCodec() {}

    /** The stored form. */
    static String encode(ErasureSteps steps) {
        return steps.equals(ErasureSteps.NONE) ? "[]" : object(steps).toString();
    }

    /** The stored form without the salt. */
    static String describe(ErasureSteps steps) {
        ObjectNode shown = object(steps);
        shown.remove(SALT);
        return shown.toString();
    }

    /**
     * Reads the stored form of a case.
     *
     * @throws ProtectionException {@code MSK-014} when the text is not exactly of the form that {@link #encode} writes
     */
    static ErasureSteps decode(String caseId, String stored) {
        JsonNode json = parse(caseId, stored);
        if (json.isArray() && json.isEmpty()) {
            return ErasureSteps.NONE;
        }
        require(caseId, json.isObject(), "the evidence is neither an object nor an empty array");
        boolean known = json.properties().stream().allMatch(member -> MEMBERS.contains(member.getKey()));
        require(caseId, known, "the evidence has a member that this version does not know");
        require(
                caseId,
                json.has(LEDGER_LEAF) == json.has(ROWS_DELETED),
                "ledger_leaf and rows_deleted are not there together");
        return new ErasureSteps(
                text(caseId, json.get(SALT)),
                flag(caseId, MARKER, json.get(MARKER)),
                linked(caseId, json.get(LINKED)),
                flag(caseId, KEY_DESTROYED, json.get(KEY_DESTROYED)),
                leaf(caseId, json.get(LEDGER_LEAF)),
                rows(caseId, json.get(ROWS_DELETED)));
    }

    private static ObjectNode object(ErasureSteps steps) {
        ObjectNode json = JSON.createObjectNode();
        if (!steps.salt().isEmpty()) {
            json.put(SALT, steps.salt());
        }
        if (steps.markerSet()) {
            json.put(MARKER, true);
        }
        if (!steps.linked().isEmpty()) {
            ArrayNode linked = json.putArray(LINKED);
            steps.linked().forEach(linked::add);
        }
        if (steps.keyDestroyed()) {
            json.put(KEY_DESTROYED, true);
        }
        if (steps.ledgerLeaf() != null) {
            json.put(LEDGER_LEAF, steps.ledgerLeaf());
            ObjectNode rows = json.putObject(ROWS_DELETED);
            steps.rowsDeleted().forEach((path, count) -> rows.put(path, count));
        }
        return json;
    }

    private static JsonNode parse(String caseId, String stored) {
        try {
            return JSON.readTree(stored);
        } catch (JsonProcessingException notJson) {
            // The parser's message would show a part of the text, which holds the salt.
            throw ProtectionErrors.unknownErasureSteps(caseId, "the evidence is not JSON");
        }
    }

    private static String text(String caseId, @Nullable JsonNode salt) {
        require(caseId, salt == null || salt.isTextual(), "salt is not a text");
        return salt == null ? "" : salt.textValue();
    }

    private static boolean flag(String caseId, String name, @Nullable JsonNode flag) {
        require(caseId, flag == null || flag.isBoolean(), name + " is not true or false");
        return flag != null && flag.booleanValue();
    }

    private static List<String> linked(String caseId, @Nullable JsonNode names) {
        List<String> linked = new ArrayList<>();
        require(caseId, names == null || names.isArray(), "linked is not an array");
        if (names != null) {
            for (JsonNode name : names) {
                require(caseId, name.isTextual(), "linked holds something other than a pseudonym");
                linked.add(name.textValue());
            }
        }
        return linked;
    }

    private static @Nullable Long leaf(String caseId, @Nullable JsonNode leaf) {
        require(
                caseId,
                leaf == null || (leaf.isIntegralNumber() && leaf.canConvertToLong()),
                "ledger_leaf is no number");
        return leaf == null ? null : leaf.longValue();
    }

    private static Map<String, Long> rows(String caseId, @Nullable JsonNode counts) {
        Map<String, Long> rows = new LinkedHashMap<>();
        require(caseId, counts == null || counts.isObject(), "rows_deleted is not an object");
        if (counts != null) {
            for (Map.Entry<String, JsonNode> entry : counts.properties()) {
                JsonNode count = entry.getValue();
                boolean number = count.isIntegralNumber() && count.canConvertToLong();
                require(caseId, number, "rows_deleted holds something other than a number");
                rows.put(entry.getKey(), count.longValue());
            }
        }
        return rows;
    }

    private static void require(String caseId, boolean holds, String problem) {
        if (!holds) {
            throw ProtectionErrors.unknownErasureSteps(caseId, problem);
        }
    }
}
