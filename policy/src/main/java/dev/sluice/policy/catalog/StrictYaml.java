package dev.sluice.policy.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.policy.PolicyCheckCode;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Reads the part of YAML 1.2 that every reader reads alike: maps, lists, text, whole numbers, decimals, {@code true}
 * and {@code false}. Anchors, tags, duplicate keys, several documents and plain words that another reader may take for
 * something else ({@code NO}, {@code on}, dates, octal numbers) are faults. One object reads one file, on one thread.
 */
final class StrictYaml {

    private static final int MOST_BYTES = 1 << 20;
    private static final int DEEPEST = 16;

    private final String file;
    private final List<Finding> findings;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Iterator<Event> events;

    private StrictYaml(String file, String text, List<Finding> findings) {
        this.file = file;
        this.findings = findings;
        this.events =
                new Yaml(new LoaderOptions()).parse(new StringReader(text)).iterator();
    }

    /** The content of that file without its faults; the method adds the faults to the findings. */
    static Document read(String file, byte[] bytes, List<Finding> findings) {
        JsonNode root = JsonNodeFactory.instance.objectNode();
        Map<String, Integer> lines = Map.of();
        try {
            if (bytes.length > MOST_BYTES) {
                throw new YAMLException("the file is larger than " + MOST_BYTES + " bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            StrictYaml reader = new StrictYaml(file, text, findings);
            root = reader.document();
            lines = reader.lines;
        } catch (CharacterCodingException e) {
            findings.add(PolicyCheckCode.NOT_READABLE.at(file, "The file is not UTF-8.", "Save it as UTF-8."));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            findings.add(PolicyCheckCode.NOT_READABLE.at(
                    new Place(file, line), "The file is not YAML: " + e.getProblem() + ".", "Correct this line."));
        } catch (YAMLException e) {
            findings.add(PolicyCheckCode.NOT_READABLE.at(
                    file, "The file cannot be read as YAML: " + e.getMessage() + ".", "Correct the file."));
        }
        return new Document(file, root, lines);
    }

    private JsonNode document() {
        events.next(); // stream start
        if (events.next().is(Event.ID.StreamEnd)) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode root = node(events.next(), "", 0);
        events.next(); // document end
        Event after = events.next();
        if (!after.is(Event.ID.StreamEnd)) {
            ambiguous(after, "A second document starts here.", "Keep one document in one file.");
        }
        return root;
    }

    private JsonNode node(Event event, String pointer, int depth) {
        if (depth > DEEPEST) {
            throw new YAMLException("line " + line(event) + ": nested deeper than " + DEEPEST);
        }
        plainNode(event);
        return switch (event.getEventId()) {
            case MappingStart -> map(pointer, depth);
            case SequenceStart -> list(pointer, depth);
            case Scalar -> scalar((ScalarEvent) event);
            default -> NullNode.getInstance();
        };
    }

    private void plainNode(Event event) {
        if (event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null)) {
            ambiguous(event, "Anchors and aliases are not allowed.", "Write the value out.");
        }
    }

    private ObjectNode map(String pointer, int depth) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        for (Event event = events.next(); !event.is(Event.ID.MappingEnd); event = events.next()) {
            String key = key(event, depth);
            String at = Document.below(pointer, key);
            if (map.has(key)) {
                findings.add(PolicyCheckCode.DUPLICATE_KEY.at(
                        place(event),
                        "The key " + key + " stands twice in this map; the first is on line " + lines.get(at) + ".",
                        "Remove one of the two."));
            }
            lines.putIfAbsent(at, line(event));
            map.set(key, node(events.next(), at, depth + 1));
        }
        return map;
    }

    private String key(Event event, int depth) {
        if (event instanceof ScalarEvent scalar) {
            plainNode(event);
            if (!scalar(scalar).isTextual()) {
                ambiguous(event, "The key " + scalar.getValue() + " is not text.", "Quote the key.");
            }
            return scalar.getValue();
        }
        ambiguous(event, "A key of this map is not text.", "Write text as the key.");
        node(event, "", depth + 1);
        return "";
    }

    private ArrayNode list(String pointer, int depth) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Event event = events.next(); !event.is(Event.ID.SequenceEnd); event = events.next()) {
            String at = pointer + "/" + list.size();
            lines.put(at, line(event));
            list.add(node(event, at, depth + 1));
        }
        return list;
    }

    private JsonNode scalar(ScalarEvent event) {
        PlainScalar.trap(event).ifPresent(trap -> ambiguous(event, trap.what(), trap.fix()));
        return PlainScalar.read(event);
    }

    private void ambiguous(Event event, String what, String fix) {
        findings.add(PolicyCheckCode.AMBIGUOUS_YAML.at(place(event), what, fix));
    }

    private Place place(Event event) {
        return new Place(file, line(event));
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }
}
