package dev.sluice.policy.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.policy.PolicyCheckCode;
import dev.sluice.policy.PolicyException;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.CheckedDecisionPoint;
import dev.sluice.policy.decision.PolicyEngine;
import dev.sluice.policy.opa.WasmPolicyEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds everything that is wrong or suspicious in a policy folder. First the check reads the files: form, words,
 * references. When they have no fault, the check decides every field of the catalog for every consumer, and plans every
 * golden schema as the gateway would.
 */
public final class PolicyCheck {

    private static final String RULES = "rules/data.yaml";

    private final PolicyFolder folder;
    private final PolicyEngine engine;
    private final Instant at;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> deciding = new HashSet<>();

    private PolicyCheck(PolicyFolder folder, PolicyEngine engine, Instant at) {
        this.folder = folder;
        this.engine = engine;
        this.at = at;
    }

    /** The findings as of now. */
    public static List<Finding> run(Path root) {
        return run(root, Instant.now());
    }

    /** The findings as of that time, which decides what is expired. */
    public static List<Finding> run(Path root, Instant at) {
        List<Finding> faults = new ArrayList<>();
        PolicyFolder folder = PolicyFolder.read(root, faults);
        if (!faults.isEmpty()) {
            return faults.stream().sorted().distinct().toList();
        }
        try (PolicyEngine engine = WasmPolicyEngine.start(folder)) {
            PolicyCheck check = new PolicyCheck(folder, engine, at);
            check.everyField();
            check.everyRule();
            check.everyGolden();
            return check.findings.stream().distinct().toList();
        }
    }

    private void everyField() {
        for (String consumer : folder.consumers()) {
            for (DatasetId dataset : folder.datasets()) {
                JsonNode decision = engine.evaluate(input(dataset, consumer));
                for (Map.Entry<String, JsonNode> field : decision.path("fields").properties()) {
                    decided(dataset, consumer, field.getKey(), field.getValue());
                }
            }
        }
    }

    private void decided(DatasetId dataset, String consumer, String field, JsonNode answer) {
        String rule = answer.path("rule").asText();
        String category = answer.path("category").asText();
        deciding.add(rule);
        Place place = folder.place(file(dataset), "/fields/" + field);
        switch (rule) {
            case "conflict" -> findings.add(PolicyCheckCode.CONFLICT.at(
                    place,
                    "Two rules for " + category + " want the same treatment with different parameters for the consumer "
                            + consumer + ", so the field " + field + " is quarantined.",
                    "Make the two rules agree."));
            case "no-rule" -> findings.add(PolicyCheckCode.NO_RULE.at(
                    place,
                    "No rule for " + category + " covers the purpose of the consumer " + consumer + ", so the field "
                            + field + " is quarantined.",
                    "Add a rule, or change the tags of the field."));
            case "unclassified" -> findings.add(PolicyCheckCode.UNCLASSIFIED.at(
                    place, "The field " + field + " has no tags, so it is quarantined.", "Add the tags of the field."));
            default -> {}
        }
    }

    private static String file(DatasetId dataset) {
        return "catalog/" + dataset.topic().replace('.', '/') + "/data.yaml";
    }

    private void everyRule() {
        JsonNode rules = folder.data().path("rules");
        String today = at.toString().substring(0, 10);
        for (String id : folder.rules()) {
            String expires = rules.path(id).path("expires").asText("9999-12-31");
            Place place = folder.place(RULES, "/" + id);
            if (expires.compareTo(today) < 0) {
                findings.add(PolicyCheckCode.EXPIRED.at(
                        place,
                        "The rule " + id + " expired on " + expires + ".",
                        "Remove it, or ask for a new approval."));
            } else if (!deciding.contains(id)) {
                findings.add(PolicyCheckCode.DECIDES_NOTHING.at(
                        place,
                        "The rule " + id + " decides no field: no field of the catalog has its category, no consumer"
                                + " has its purpose, or a stricter rule always wins.",
                        "Keep a rule that waits for such fields, as the rules of sluice init do. Correct a rule that"
                                + " should decide a field today, or remove it."));
            }
        }
    }

    private void everyGolden() {
        Set<String> seen = new HashSet<>();
        for (Golden golden : Golden.all(folder.root())) {
            seen.add(golden.dataset() + " to " + golden.consumer());
            undescribed(golden);
            try {
                new CheckedDecisionPoint(engine, folder, golden.consumer(), InstantSource.fixed(at))
                        .plan(golden.dataset(), golden.schema());
            } catch (PolicyException | IllegalArgumentException e) {
                findings.add(PolicyCheckCode.GOLDEN_REFUSED.at(
                        golden.file(),
                        "The gateway refuses the decision for this schema: " + e.getMessage(),
                        "Correct the rules or the catalog."));
            }
        }
        for (String consumer : folder.consumers()) {
            for (DatasetId dataset : folder.datasets()) {
                if (!seen.contains(dataset + " to " + consumer)) {
                    findings.add(PolicyCheckCode.GOLDEN_MISSING.at(
                            file(dataset),
                            "There is no golden decision for the consumer " + consumer
                                    + ", so no reviewer has agreed to what leaves.",
                            "Add golden/" + dataset + "__" + consumer + ".json with the reviewed decision."));
                }
            }
        }
    }

    private void undescribed(Golden golden) {
        Set<String> described = folder.entry(golden.dataset())
                .map(entry -> entry.tags().keySet())
                .orElse(Set.of());
        for (JsonNode field : golden.input().at("/schema/fields")) {
            String name = field.path("path").asText();
            if (!described.contains(name)) {
                findings.add(PolicyCheckCode.NOT_DESCRIBED.at(
                        folder.place(file(golden.dataset()), "/fields"),
                        "The field " + name + " is not described, so it is quarantined.",
                        "Add the field with its tags."));
            }
        }
    }

    private ObjectNode input(DatasetId dataset, String consumer) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.putObject("dataset")
                .put("source", dataset.source())
                .put("schema", dataset.schema())
                .put("table", dataset.table());
        ArrayNode fields = input.putObject("schema").putArray("fields");
        folder.entry(dataset).ifPresent(entry -> entry.tags()
                .keySet()
                .forEach(name -> fields.addObject().put("path", name).put("key", false)));
        input.putObject("consumer")
                .put("id", consumer)
                .put("purpose", folder.consumer(consumer).purpose());
        input.putObject("context").put("at", at.truncatedTo(ChronoUnit.SECONDS).toString());
        return input;
    }
}
