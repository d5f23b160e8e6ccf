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
final class Shape {

    private final Function<JsonNode, Optional<String>> leaf;
    private final Map<String, Shape> keys = new LinkedHashMap<>();
    private final Map<String, Shape> required = new LinkedHashMap<>();
    private final @Nullable Shape each;
    private final boolean list;

    private Shape(Function<JsonNode, Optional<String>> leaf, @Nullable Shape each, boolean list) {
        this.leaf = leaf;
        this.each = each;
        this.list = list;
    }

    static Shape text() {
        return leaf(node -> node.isTextual() && !node.textValue().isBlank(), "text that is not empty");
    }

    static Shape flag() {
        return leaf(JsonNode::isBoolean, "true or false");
    }

    static Shape scalar() {
        return leaf(node -> node.isTextual() || node.isNumber(), "text or a number");
    }

    static Shape date() {
        return leaf(node -> node.isTextual() && isDate(node.textValue()), "a quoted date such as \"2027-06-30\"");
    }

    static Shape listOf(Shape item) {
        return new Shape(node -> is(node.isArray(), "a list"), item, true);
    }

    static Shape mapOf(Shape value) {
        return new Shape(node -> is(node.isObject(), "a map"), value, false);
    }

    static Shape object() {
        return new Shape(node -> is(node.isObject(), "a map"), null, false);
    }

    Shape needs(String key, Shape shape) {
        keys.put(key, shape);
        required.put(key, shape);
        return this;
    }

    Shape may(String key, Shape shape) {
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
            Shape shape = each == null ? keys.get(entry.getKey()) : each;
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

    private static Shape leaf(java.util.function.Predicate<JsonNode> test, String expected) {
        return new Shape(node -> is(test.test(node), expected), null, false);
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
