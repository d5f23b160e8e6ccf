package dev.sluice.deploy.pipeline;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.NearestWord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads one section of a pipeline file and remembers which keys were read and the line of each. Faults are collected,
 * not thrown, so that a user sees all of them at once.
 */
final class Settings {

    private final String path;
    private final @Nullable Node node;
    private final FileFaults faults;
    private final Set<String> known = new HashSet<>();

    Settings(String path, @Nullable Node node, FileFaults faults) {
        this.path = path;
        this.node = node;
        this.faults = faults;
        if (node != null && !(node instanceof MappingNode)) {
            report(node, "", "must be a section of keys and values");
        }
    }

    /** The section of that name; a missing one is reported when its required keys are read. */
    Settings section(String key) {
        return new Settings(at(key), find(key).orElse(null), faults);
    }

    boolean has(String key) {
        return find(key).isPresent();
    }

    /** The keys that are written, in order. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode scalar) {
                    names.add(scalar.getValue());
                }
            }
        }
        return names;
    }

    /** Whether the setting is written as that one word. */
    boolean isWord(String key, String word) {
        return find(key)
                .filter(ScalarNode.class::isInstance)
                .filter(found -> ((ScalarNode) found).getValue().equals(word))
                .isPresent();
    }

    /** Whether the setting is written as a section of keys and values. */
    boolean isSection(String key) {
        return find(key).filter(MappingNode.class::isInstance).isPresent();
    }

    /** Text that must be there; an empty text stands in after the fault was reported. */
    String text(String key) {
        return value(key, Function.identity(), "", "a text");
    }

    /** Text that may be left out; the fallback itself may always be written, an empty one too. */
    String text(String key, String fallback) {
        Optional<Node> found = find(key);
        boolean written = found.filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).getValue())
                .filter(fallback::equals)
                .isPresent();
        return found.isEmpty() || written ? fallback : text(key);
    }

    /** A value that must be there and be readable by {@code parse}, which throws IllegalArgumentException otherwise. */
    <T> T value(String key, Function<String, T> parse, T standIn, String expected) {
        Optional<Node> found = find(key);
        if (found.isEmpty()) {
            report(node, key, "is missing; give " + expected);
            return standIn;
        }
        if (!(found.get() instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            report(found.get(), key, "must be " + expected);
            return standIn;
        }
        try {
            return parse.apply(scalar.getValue());
        } catch (IllegalArgumentException e) {
            report(found.get(), key, "must be " + expected + (e.getMessage() == null ? "" : "; " + e.getMessage()));
            return standIn;
        }
    }

    /**
     * A text of a list.
     *
     * @param text the text
     * @param place where the file has the text
     * @param node the place for a report
     */
    record Item(String text, Finding.Place place, Node node) {}

    /** A list of texts that must not be empty. */
    List<Item> items(String key) {
        Optional<Node> found = find(key);
        List<Item> items = new ArrayList<>();
        if (found.isPresent() && found.get() instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    items.add(new Item(text(scalar), faults.place(line(item)), item));
                } else {
                    report(item, key, "must be a list of texts");
                }
            }
        }
        if (items.isEmpty()) {
            report(found.orElse(node), key, "must be a list with at least one text");
        }
        return items;
    }

    /** The text as its author meant it: without quotation marks YAML takes one with ! in front for a tag. */
    private static String text(ScalarNode scalar) {
        String tag = scalar.getTag().getValue();
        return tag.startsWith("!") && scalar.getValue().isEmpty() ? tag : scalar.getValue();
    }

    void report(Item item, String key, String text) {
        report(item.node(), key, text);
    }

    void report(String key, String text) {
        report(find(key).orElse(node), key, text);
    }

    /** Reports every key that is not a setting, with the nearest known one, and every key that is given twice. */
    void rejectUnknown() {
        Set<String> seen = new HashSet<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                if (!seen.add(key)) {
                    report(tuple.getKeyNode(), key, "is given twice");
                } else if (!known.contains(key)) {
                    String guess = NearestWord.to(key, known)
                            .map(k -> "; did you mean " + k + "?")
                            .orElse("");
                    report(tuple.getKeyNode(), key, "is not a setting" + guess);
                }
            }
        }
    }

    private Optional<Node> find(String key) {
        known.add(key);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key)) {
                    return Optional.of(tuple.getValueNode());
                }
            }
        }
        return Optional.empty();
    }

    private void report(@Nullable Node place, String key, String text) {
        faults.add(line(place), key.isEmpty() ? path : at(key), text);
    }

    /** Where the file has the setting; the line of the section when the setting is missing. */
    Finding.Place place(String key) {
        return faults.place(line(find(key).orElse(node)));
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static int line(@Nullable Node node) {
        return node == null ? 0 : node.getStartMark().getLine() + 1;
    }
}
