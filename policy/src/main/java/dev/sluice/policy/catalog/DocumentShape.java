package dev.sluice.policy.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.policy.PolicyCheckCode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks the form of a document: keys, lists and values. Everything else in it becomes a finding with its line. */
final class DocumentShape {

    private final Function<JsonNode, Optional<String>> leaf;
    private final Map<String, DocumentShape> keys = new LinkedHashMap<>();
    private final Map<String, DocumentShape> required = new LinkedHashMap<>();
    private final @Nullable DocumentShape each;
    private final boolean list;

    private DocumentShape(Function<JsonNode, Optional<String>> leaf, @Nullable DocumentShape each, boolean list) {
        this.leaf = leaf;
        this.each = each;
        this.list = list;
    }

    static DocumentShape text() {
        return leaf(node -> node.isTextual() && !node.textValue().isBlank(), "text that is not empty");
    }

    static DocumentShape flag() {
        return leaf(JsonNode::isBoolean, "true or false");
    }

    static DocumentShape scalar() {
        return leaf(node -> node.isTextual() || node.isNumber(), "text or a number");
    }

    static DocumentShape date() {
        return leaf(node -> node.isTextual() && isDate(node.textValue()), "a quoted date such as \"2027-06-30\"");
    }

    static DocumentShape listOf(DocumentShape item) {
        return new DocumentShape(node -> is(node.isArray(), "a list"), item, true);
    }

    static DocumentShape mapOf(DocumentShape value) {
        return new DocumentShape(node -> is(node.isObject(), "a map"), value, false);
    }

    static DocumentShape object() {
        return new DocumentShape(node -> is(node.isObject(), "a map"), null, false);
    }

    DocumentShape needs(String key, DocumentShape shape) {
        keys.put(key, shape);
        required.put(key, shape);
        return this;
    }

    DocumentShape may(String key, DocumentShape shape) {
        keys.put(key, shape);
        return this;
    }

    /** Checks the whole document. */
    void check(Document document, List<Finding> findings) {
        check(document, "", document.root(), findings);
    }

    private void check(Document document, String at, JsonNode node, List<Finding> findings) {
        Optional<String> wrong = leaf.apply(node);
        if (wrong.isPresent()) {
            findings.add(document.finding(
                    PolicyCheckCode.WRONG_FORM, at, where(at) + " has the wrong form.", "Write " + wrong.get() + "."));
        } else if (list && each != null) {
            for (int i = 0; i < node.size(); i++) {
                each.check(document, at + "/" + i, node.get(i), findings);
            }
        } else if (node.isObject()) {
            checkKeys(document, at, node, findings);
        }
    }

    private void checkKeys(Document document, String at, JsonNode node, List<Finding> findings) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String below = Document.below(at, entry.getKey());
            DocumentShape shape = each == null ? keys.get(entry.getKey()) : each;
            if (shape == null) {
                findings.add(document.finding(
                        PolicyCheckCode.UNKNOWN_KEY,
                        below,
                        "The key " + entry.getKey() + " means nothing here.",
                        "Remove it, or write one of " + String.join(", ", keys.keySet()) + "."));
            } else {
                shape.check(document, below, entry.getValue(), findings);
            }
        }
        for (String key : required.keySet()) {
            if (!node.has(key)) {
                findings.add(document.finding(
                        PolicyCheckCode.MISSING_KEY, at, where(at) + " lacks the key " + key + ".", "Add the key."));
            }
        }
    }

    private static String where(String at) {
        return at.isEmpty() ? "The file" : "The value of " + at.substring(1).replace('/', '.');
    }

    private static DocumentShape leaf(java.util.function.Predicate<JsonNode> test, String expected) {
        return new DocumentShape(node -> is(test.test(node), expected), null, false);
    }

    private static Optional<String> is(boolean right, String expected) {
        return right ? Optional.empty() : Optional.of(expected);
    }

    private static boolean isDate(String text) {
        try {
            return text.equals(LocalDate.parse(text).toString());
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
