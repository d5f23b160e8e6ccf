package dev.sluice.policy.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.policy.PolicyException;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.catalog.Problem;
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
 * Finds everything that is wrong or suspicious in a policy folder. First what is written: form, words, references. When
 * that is right, what comes of it: every field of the catalog is decided for every consumer, and every golden schema is
 * planned as the gateway would.
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
        List<Problem> problems = new ArrayList<>();
        PolicyFolder folder = PolicyFolder.read(root, problems);
        if (!problems.isEmpty()) {
            return problems.stream().sorted().distinct().map(PolicyCheck::error).toList();
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
        String file = "catalog/" + dataset.topic().replace('.', '/') + "/data.yaml";
        String pointer = "/fields/" + field;
        switch (rule) {
            case "conflict" -> add(
                    Finding.Severity.ERROR,
                    folder.problem(
                            file,
                            pointer,
                            field + " for " + consumer + ": two rules want the same treatment with"
                                    + " different parameters for " + category
                                    + "; it is quarantined until they agree"));
            case "no-rule" -> add(
                    Finding.Severity.WARNING,
                    folder.problem(
                            file,
                            pointer,
                            field + " for " + consumer + ": no rule for " + category
                                    + " and this purpose; it is quarantined"));
            case "unclassified" -> add(
                    Finding.Severity.WARNING,
                    folder.problem(
                            file, pointer, field + " has no tags; it is quarantined until somebody classifies it"));
            default -> {}
        }
    }

    private void everyRule() {
        JsonNode rules = folder.data().path("rules");
        String today = at.toString().substring(0, 10);
        for (String id : folder.rules()) {
            String expires = rules.path(id).path("expires").asText("9999-12-31");
            if (expires.compareTo(today) < 0) {
                warn(id, "expired on " + expires + "; remove it or ask for a new approval");
            } else if (!deciding.contains(id)) {
                warn(
                        id,
                        "decides nothing: no field of the catalog has its category, no consumer its purpose, or a"
                                + " stricter rule always wins");
            }
        }
    }

    private void warn(String rule, String message) {
        add(Finding.Severity.WARNING, folder.problem(RULES, "/" + rule, "rule " + rule + " " + message));
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
                add(Finding.Severity.ERROR, new Problem(golden.file(), 0, String.valueOf(e.getMessage())));
            }
        }
        for (String consumer : folder.consumers()) {
            for (DatasetId dataset : folder.datasets()) {
                if (!seen.contains(dataset + " to " + consumer)) {
                    String file = "catalog/" + dataset.topic().replace('.', '/') + "/data.yaml";
                    String message = "no golden decision for " + consumer + "; nobody reviewed what leaves";
                    add(Finding.Severity.WARNING, new Problem(file, 0, message));
                }
            }
        }
    }

    private void undescribed(Golden golden) {
        String file = "catalog/" + golden.dataset().topic().replace('.', '/') + "/data.yaml";
        Set<String> described = folder.entry(golden.dataset())
                .map(entry -> entry.tags().keySet())
                .orElse(Set.of());
        for (JsonNode field : golden.input().at("/schema/fields")) {
            String name = field.path("path").asText();
            if (!described.contains(name)) {
                String message = name + " is not described; it is quarantined until somebody classifies it";
                add(Finding.Severity.WARNING, folder.problem(file, "/fields", message));
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

    private void add(Finding.Severity severity, Problem problem) {
        findings.add(new Finding(severity, problem.file(), problem.line(), problem.message()));
    }

    private static Finding error(Problem problem) {
        return new Finding(Finding.Severity.ERROR, problem.file(), problem.line(), problem.message());
    }
}
