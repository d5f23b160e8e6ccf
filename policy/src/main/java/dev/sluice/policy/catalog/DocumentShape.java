package dev.sluice.policy.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a file may hold. Checks a document and adds a problem with its line for everything else. */
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
    void check(Document document, List<Problem> problems) {
        check(document, "", document.root(), problems);
    }

    private void check(Document document, String at, JsonNode node, List<Problem> problems) {
        Optional<String> wrong = leaf.apply(node);
        if (wrong.isPresent()) {
            problems.add(document.problem(at, name(at) + wrong.get()));
        } else if (list && each != null) {
            for (int i = 0; i < node.size(); i++) {
                each.check(document, at + "/" + i, node.get(i), problems);
            }
        } else if (node.isObject()) {
            checkKeys(document, at, node, problems);
        }
    }

    private void checkKeys(Document document, String at, JsonNode node, List<Problem> problems) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String below = Document.below(at, entry.getKey());
            DocumentShape shape = each == null ? keys.get(entry.getKey()) : each;
            if (shape == null) {
                String message = "unknown key " + entry.getKey() + "; known are " + String.join(", ", keys.keySet());
                problems.add(document.problem(below, message));
            } else {
                shape.check(document, below, entry.getValue(), problems);
            }
        }
        for (String key : required.keySet()) {
            if (!node.has(key)) {
                problems.add(document.problem(at, name(at) + "the key " + key + " is missing"));
            }
        }
    }

    private static String name(String at) {
        return at.isEmpty() ? "" : at.substring(1).replace('/', '.') + ": ";
    }

    private static DocumentShape leaf(java.util.function.Predicate<JsonNode> test, String expected) {
        return new DocumentShape(node -> is(test.test(node), expected), null, false);
    }

    private static Optional<String> is(boolean right, String expected) {
        return right ? Optional.empty() : Optional.of("expected " + expected);
    }

    private static boolean isDate(String text) {
        try {
            return text.equals(LocalDate.parse(text).toString());
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
