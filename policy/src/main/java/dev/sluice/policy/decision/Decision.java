package dev.sluice.policy.decision;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a decision document strictly: every key must be known and of its type; each fault is a violation.
 *
 * @param allow whether anything may leave
 * @param fields the answer by field name
 * @param person which person a row is about, null when no person
 * @param violations what policy objects to
 */
record Decision(boolean allow, Map<String, FieldAnswer> fields, @Nullable SubjectPath person, List<String> violations) {

    private static final Set<String> KEYS = Set.of("allow", "fields", "subject", "unclassified", "violations");
    private static final Set<String> ANSWER_KEYS = Set.of("treatment", "params", "rule", "category");

    /**
     * Says what is to be done with a field.
     *
     * @param treatment the treatment
     * @param rule id of the rule that decided
     * @param category category it matched, empty when none
     */
    record FieldAnswer(Treatment treatment, String rule, String category) {}

    /** Reads the document, and adds every fault to the list. */
    static Decision read(JsonNode document, List<String> wrong) {
        keys(document, KEYS, "decision", wrong);
        Map<String, FieldAnswer> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : document.path("fields").properties()) {
            answer(entry.getKey(), entry.getValue(), wrong, fields);
        }
        List<String> violations = texts(document.path("violations"));
        boolean allow =
                document.path("allow").isBoolean() && document.path("allow").booleanValue() && violations.isEmpty();
        return new Decision(allow, fields, subject(document.path("subject"), wrong), violations);
    }

    private static void answer(String name, JsonNode answer, List<String> wrong, Map<String, FieldAnswer> fields) {
        keys(answer, ANSWER_KEYS, name, wrong);
        String treatment = answer.path("treatment").asText();
        Map<String, String> params = new TreeMap<>();
        for (Map.Entry<String, JsonNode> param : answer.path("params").properties()) {
            if (!param.getValue().isTextual() && !param.getValue().isNumber()) {
                wrong.add(name + ": The parameter " + param.getKey() + " is neither text nor a number.");
            }
            params.put(param.getKey(), text(param.getValue()));
        }
        Treatment.Kind.ofText(treatment)
                .ifPresentOrElse(
                        kind -> fields.put(
                                name,
                                new FieldAnswer(
                                        new Treatment(kind, params),
                                        answer.path("rule").asText(),
                                        answer.path("category").asText(""))),
                        () -> wrong.add(name + ": The treatment " + treatment + " does not exist."));
    }

    private static String text(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
    }

    private static @Nullable SubjectPath subject(JsonNode subject, List<String> wrong) {
        if (subject.isNull() || subject.isMissingNode()) {
            return null;
        }
        List<String> key = texts(subject.path("key"));
        if (key.isEmpty() || !subject.path("kind").isTextual()) {
            wrong.add("subject: The form is not {kind, key}.");
            return null;
        }
        return new SubjectPath(subject.path("kind").asText(), key);
    }

    private static void keys(JsonNode object, Set<String> known, String where, List<String> wrong) {
        if (!object.isObject()) {
            wrong.add(where + ": This is not an object.");
        }
        for (String key : known) {
            if (!object.has(key)) {
                wrong.add(where + ": The key " + key + " is missing.");
            }
        }
        object.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                wrong.add(where + ": The key " + key + " is unknown.");
            }
        });
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return List.copyOf(texts);
    }
}
