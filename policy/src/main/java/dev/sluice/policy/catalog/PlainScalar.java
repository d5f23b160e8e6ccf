package dev.sluice.policy.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Reads unquoted words, and finds those that readers of YAML 1.1 and of YAML 1.2 take for different things. */
final class PlainScalar {

    private static final Set<String> WORDS =
            Set.of("yes", "no", "on", "off", "y", "n", "true", "false", "null", "~", "");
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})\\.[0-9]{1,18}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*");
    private static final Pattern NUMBER_LIKE =
            Pattern.compile("[-+]?\\.?[0-9][0-9a-fA-FxoX_.:eE+-]*|[-+]?\\.(inf|nan)");

    private PlainScalar() {}

    /**
     * A word that must be written in another way.
     *
     * @param what why readers disagree on the word
     * @param fix how to write it
     */
    record Trap(String what, String fix) {}

    /** Why this scalar must be written in another way; empty when every reader takes it for the same. */
    static Optional<Trap> trap(ScalarEvent event) {
        if (event.getTag() != null && !event.getTag().isEmpty()) {
            return Optional.of(new Trap("The tag " + event.getTag() + " is not allowed.", "Remove the tag."));
        }
        if (!event.isPlain() || read(event).isBoolean() || read(event).isNumber()) {
            return Optional.empty();
        }
        return trap(event.getValue());
    }

    private static Optional<Trap> trap(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (WORDS.contains(lower)) {
            return Optional.of(new Trap(
                    "The unquoted word \"" + text + "\" is a truth value or nothing to some readers of YAML.",
                    "Quote it, or write true or false."));
        }
        if (DATE.matcher(text).matches()) {
            return Optional.of(new Trap(
                    "An unquoted date is text to some readers of YAML and a date to others.",
                    "Write it as \"" + text + "\"."));
        }
        if (NUMBER_LIKE.matcher(lower).matches()) {
            return Optional.of(new Trap(
                    "The unquoted word \"" + text + "\" is a number to some readers of YAML.",
                    "Quote it, or write a plain number."));
        }
        return Optional.empty();
    }

    /** The value: a boolean or a number when every reader takes the word for one, else text. */
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
