package dev.sluice.policy.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.Field;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.policy.CanonicalJson;
import dev.sluice.policy.PolicyCheckCode;
import dev.sluice.policy.PolicyErrors;
import dev.sluice.policy.decision.PolicyEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds a reviewed decision: the file {@code golden/<dataset>__<consumer>.json} with the keys {@code input} and {@code
 * decision}.
 *
 * @param file file inside the folder
 * @param input what was asked
 * @param decision the answer that a reviewer agreed to
 */
public record Golden(String file, JsonNode input, JsonNode decision) {

    /** The decision that this engine gives for that input now. */
    public static Golden of(JsonNode input, PolicyEngine engine) {
        String dataset = input.at("/dataset/topic").asText();
        String file = "golden/" + dataset + "__" + input.at("/consumer/id").asText() + ".json";
        return new Golden(file, input, engine.evaluate(input));
    }

    /**
     * All golden decisions of a folder, by file name.
     *
     * @throws dev.sluice.policy.PolicyException when one cannot be read
     */
    public static List<Golden> all(Path folder) {
        Path golden = folder.resolve("golden");
        if (!Files.isDirectory(golden)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(golden)) {
            List<Golden> all = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                all.add(read(folder, file));
            }
            return List.copyOf(all);
        } catch (IOException e) {
            throw PolicyErrors.unreadable(golden.toString(), e);
        }
    }

    private static Golden read(Path folder, Path path) throws IOException {
        String file = "golden/" + path.getFileName();
        try {
            JsonNode root = CanonicalJson.parse(Files.readString(path));
            if (root.size() != 2
                    || !root.path("input").isObject()
                    || !root.path("decision").isObject()) {
                throw PolicyErrors.folderInvalid(
                        folder.toString(),
                        List.of(PolicyCheckCode.GOLDEN_FORM.at(
                                file,
                                "The file does not hold the two keys input and decision.",
                                "Write the question as input and the reviewed decision as decision.")));
            }
            return new Golden(file, root.path("input"), root.path("decision"));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw PolicyErrors.folderInvalid(
                    folder.toString(),
                    List.of(PolicyCheckCode.NOT_READABLE.at(
                            new Place(file, line), "The file is not JSON.", "Correct the file.")),
                    e);
        }
    }

    /**
     * Writes the file, for a reviewer to see the difference.
     *
     * @throws dev.sluice.policy.PolicyException when it cannot be written
     */
    public void write(Path folder) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("input", input);
        root.set("decision", decision);
        Path path = folder.resolve(file);
        try {
            Files.createDirectories(folder.resolve("golden"));
            Files.writeString(path, CanonicalJson.pretty(root));
        } catch (IOException e) {
            throw PolicyErrors.unreadable(path.toString(), e);
        }
    }

    /** The dataset that was asked for. */
    public DatasetId dataset() {
        JsonNode dataset = input.path("dataset");
        return new DatasetId(
                dataset.path("source").asText(),
                dataset.path("schema").asText(),
                dataset.path("table").asText());
    }

    /** The consumer that was asked for. */
    public String consumer() {
        return input.at("/consumer/id").asText();
    }

    /**
     * The schema that was asked for.
     *
     * @throws IllegalArgumentException when a type name is unknown
     */
    public RowSchema schema() {
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : input.at("/schema/fields")) {
            fields.add(new Field(
                    field.path("path").asText(),
                    DataType.parse(field.path("type").asText()),
                    field.path("nullable").asBoolean(),
                    field.path("key").asBoolean()));
        }
        return RowSchema.of(fields);
    }

    /** What the given decision says otherwise, field by field; empty when it is the same. */
    public List<String> differences(JsonNode now) {
        List<String> differences = new ArrayList<>();
        java.util.TreeSet<String> names = new java.util.TreeSet<>();
        decision.path("fields").fieldNames().forEachRemaining(names::add);
        now.path("fields").fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String before = brief(decision.path("fields").path(name));
            String after = brief(now.path("fields").path(name));
            if (!before.equals(after)) {
                differences.add(name + ": " + before + " -> " + after + ".");
            }
        }
        if (differences.isEmpty() && !CanonicalJson.text(decision).equals(CanonicalJson.text(now))) {
            differences.add("The keys allow, subject, unclassified or violations differ.");
        }
        return List.copyOf(differences);
    }

    private static String brief(JsonNode answer) {
        if (answer.isMissingNode()) {
            return "nothing";
        }
        return answer.path("treatment").asText() + CanonicalJson.text(answer.path("params")) + " by "
                + answer.path("rule").asText() + " for "
                + answer.path("category").asText();
    }
}
