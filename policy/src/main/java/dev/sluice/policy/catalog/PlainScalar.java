package dev.sluice.policy.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.events.ScalarEvent;

/** What an unquoted word means, and which words must be quoted because readers of YAML 1.1 and 1.2 disagree on them. */
final class PlainScalar {

    private static final Set<String> WORDS =
            Set.of("yes", "no", "on", "off", "y", "n", "true", "false", "null", "~", "");
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})\\.[0-9]{1,18}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*");
    private static final Pattern NUMBER_LIKE =
            Pattern.compile("[-+]?\\.?[0-9][0-9a-fA-FxoX_.:eE+-]*|[-+]?\\.(inf|nan)");

    private PlainScalar() {}

    /** Why this scalar must be written in another way; empty when it is fine. */
    static Optional<String> trap(ScalarEvent event) {
        if (event.getTag() != null && !event.getTag().isEmpty()) {
            return Optional.of("tags such as " + event.getTag() + " are not allowed");
        }
        if (!event.isPlain() || read(event).isBoolean() || read(event).isNumber()) {
            return Optional.empty();
        }
        return trap(event.getValue());
    }

    private static Optional<String> trap(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (WORDS.contains(lower)) {
            return Optional.of("unquoted \"" + text + "\" means a truth value or nothing to some readers; quote it,"
                    + " or write true or false");
        }
        if (DATE.matcher(text).matches()) {
            return Optional.of("unquoted date; write it as \"" + text + "\"");
        }
        if (NUMBER_LIKE.matcher(lower).matches()) {
            return Optional.of("\"" + text + "\" is a number to some readers; quote it, or write a plain number");
        }
        return Optional.empty();
    }

    /** The value: a boolean or a number when it is certainly one, else text. */
    static JsonNode read(ScalarEvent event) {
        String text = event.getValue();
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (!event.isPlain()) {
            return nodes.textNode(text);
        }
        if (text.equals("true") || text.equals("false")) {
            return nodes.booleanNode(text.equals("true"));
        }
        if (WHOLE.matcher(text).matches()) {
            return nodes.numberNode(Long.parseLong(text));
        }
        return DECIMAL.matcher(text).matches() ? nodes.numberNode(new BigDecimal(text)) : nodes.textNode(text);
    }
}
