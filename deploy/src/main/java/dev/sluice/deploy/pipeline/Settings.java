package dev.sluice.deploy.pipeline;

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
 * A cursor on one section of a YAML file that remembers which keys were asked for and where each stands. Faults are
 * collected, not thrown, so that a user sees all of them at once.
 */
final class Settings {

    private final String file;
    private final String path;
    private final @Nullable Node node;
    private final List<Problem> problems;
    private final Set<String> known = new HashSet<>();

    Settings(String file, String path, @Nullable Node node, List<Problem> problems) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.problems = problems;
        if (node != null && !(node instanceof MappingNode)) {
            report(node, "", "must be a section of keys and values");
        }
    }

    /** The section of that name; a missing one is reported when its required keys are read. */
    Settings section(String key) {
        return new Settings(file, at(key), find(key).orElse(null), problems);
    }

    boolean has(String key) {
        return find(key).isPresent();
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
            problems.add(new Problem(file, line(node), at(key), "is missing; give " + expected));
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

    /** A list of texts that must not be empty. */
    List<String> texts(String key) {
        Optional<Node> found = find(key);
        List<String> texts = new ArrayList<>();
        if (found.isPresent() && found.get() instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    texts.add(scalar.getValue());
                } else {
                    report(item, key, "must be a list of texts");
                }
            }
        }
        if (texts.isEmpty()) {
            report(found.orElse(node), key, "must be a list with at least one text");
        }
        return texts;
    }

    void report(String key, String text) {
        report(find(key).orElse(node), key, text);
    }

    /** Reports every key that nobody asked for, with the nearest known one, and every key that is given twice. */
    void rejectUnknown() {
        Set<String> seen = new HashSet<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                if (!seen.add(key)) {
                    report(tuple.getKeyNode(), key, "is given twice");
                } else if (!known.contains(key)) {
                    String guess = Guess.nearest(key, known)
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
        problems.add(new Problem(file, line(place), key.isEmpty() ? path : at(key), text));
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static int line(@Nullable Node node) {
        return node == null ? 0 : node.getStartMark().getLine() + 1;
    }
}
