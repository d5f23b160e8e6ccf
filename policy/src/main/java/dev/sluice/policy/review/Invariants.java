package dev.sluice.policy.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.policy.CanonicalJson;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.Catalog;
import dev.sluice.policy.decision.PolicyEngine;
import dev.sluice.policy.decision.Treatment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Checks what must hold for every policy with any rules. Asks the engine about every category of the taxonomy, alone
 * and in pairs. Each broken invariant is a sentence.
 *
 * <ol>
 *   <li>an unknown purpose gets nothing
 *   <li>a field without a category is quarantined or hidden more strictly; a key gets a pseudonym in its own domain
 *   <li>adding a category never makes a treatment less strict
 *   <li>without rules nothing is kept
 *   <li>the same question asked twice gets the same bytes
 * </ol>
 */
public final class Invariants {

    private final PolicyFolder folder;
    private final PolicyEngine engine;
    private final Instant at;
    private final List<String> broken = new ArrayList<>();

    private Invariants(PolicyFolder folder, PolicyEngine engine, Instant at) {
        this.folder = folder;
        this.engine = engine;
        this.at = at;
    }

    /**
     * Checks all invariants.
     *
     * @param engine the folder's engine
     * @param withoutRules the same library over data without rules
     * @return what does not hold; empty when all holds
     */
    public static List<String> broken(PolicyFolder folder, PolicyEngine engine, PolicyEngine withoutRules, Instant at) {
        Invariants invariants = new Invariants(folder, engine, at);
        for (String consumer : folder.consumers()) {
            invariants.unknownPurpose(folder.consumer(consumer));
            invariants.noCategory(folder.consumer(consumer));
            invariants.addingACategory(folder.consumer(consumer));
            invariants.noRules(folder.consumer(consumer), withoutRules);
        }
        return List.copyOf(invariants.broken);
    }

    private void unknownPurpose(Catalog.Consumer consumer) {
        ObjectNode input = input(consumer, fields(List.of(List.of("user"))));
        input.withObjectProperty("consumer").put("purpose", consumer.purpose() + ".unheard-of");
        if (engine.evaluate(input).path("allow").asBoolean(true)) {
            broken.add(consumer.id() + ": An unknown purpose is allowed.");
        }
    }

    private void noCategory(Catalog.Consumer consumer) {
        ArrayNode fields = fields(List.of(List.of()));
        fields.addObject().put("path", "key").put("key", true).putArray("tags");
        ObjectNode input = input(consumer, fields);
        JsonNode decision = engine.evaluate(input);
        if (!strictness(decision, "").asStrictAs(Treatment.Kind.QUARANTINE)) {
            broken.add(consumer.id() + ": A field without a category is not quarantined.");
        }
        hiddenKey(consumer, decision, "key");
        if (!CanonicalJson.text(decision).equals(CanonicalJson.text(engine.evaluate(input)))) {
            broken.add(consumer.id() + ": The same question got two answers.");
        }
    }

    private void addingACategory(Catalog.Consumer consumer) {
        List<String> categories = categories();
        List<List<String>> alone = categories.stream().map(List::of).toList();
        JsonNode single = engine.evaluate(input(consumer, fields(alone)));
        for (String first : categories) {
            List<List<String>> pairs =
                    categories.stream().map(second -> List.of(first, second)).toList();
            JsonNode both = engine.evaluate(input(consumer, fields(pairs)));
            for (String second : categories) {
                if (!strictness(both, first + "+" + second).asStrictAs(strictness(single, first))) {
                    broken.add(consumer.id() + ": Adding " + second + " to " + first
                            + " makes the treatment less strict.");
                }
            }
        }
    }

    private void noRules(Catalog.Consumer consumer, PolicyEngine withoutRules) {
        List<List<String>> alone = categories().stream().map(List::of).toList();
        JsonNode decision = withoutRules.evaluate(input(consumer, fields(alone)));
        for (String category : categories()) {
            if (!strictness(decision, category).asStrictAs(Treatment.Kind.QUARANTINE)) {
                broken.add(consumer.id() + ": Without rules " + category + " is not quarantined.");
            }
        }
    }

    private void hiddenKey(Catalog.Consumer consumer, JsonNode decision, String path) {
        String domain =
                decision.path("fields").path(path).path("params").path("domain").asText();
        if (strictness(decision, path) != Treatment.Kind.HMAC || !domain.startsWith("own:")) {
            broken.add(consumer.id() + ": A key without a category does not get a pseudonym of its own.");
        }
    }

    private List<String> categories() {
        TreeSet<String> names = new TreeSet<>();
        folder.data().path("taxonomy").path("categories").fieldNames().forEachRemaining(names::add);
        return List.copyOf(names);
    }

    /** A field without a decision counts as kept, so that it never counts as strict. */
    private static Treatment.Kind strictness(JsonNode decision, String path) {
        String treatment = decision.path("fields").path(path).path("treatment").asText();
        return Treatment.Kind.ofText(treatment).orElse(Treatment.Kind.KEEP);
    }

    private static ArrayNode fields(List<List<String>> tags) {
        ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        for (List<String> of : tags) {
            ObjectNode field =
                    fields.addObject().put("path", String.join("+", of)).put("key", false);
            of.forEach(field.putArray("tags")::add);
        }
        return fields;
    }

    private ObjectNode input(Catalog.Consumer consumer, ArrayNode fields) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.putObject("dataset").put("source", "-").put("schema", "-").put("table", "-");
        input.putObject("schema").set("fields", fields);
        input.putObject("consumer").put("id", consumer.id()).put("purpose", consumer.purpose());
        input.putObject("context").put("at", at.truncatedTo(ChronoUnit.SECONDS).toString());
        return input;
    }
}
