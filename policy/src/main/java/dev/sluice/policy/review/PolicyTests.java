package dev.sluice.policy.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.policy.CanonicalJson;
import dev.sluice.policy.PolicyErrors;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.PolicyEngine;
import dev.sluice.policy.opa.OpaBinary;
import dev.sluice.policy.opa.OpaRun;
import dev.sluice.policy.opa.WasmPolicyEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs the tests of a policy folder: golden decisions, invariants, and the Rego tests with the {@code opa} command of
 * this machine.
 */
public final class PolicyTests {

    private static final String NO_TEST = "The folder tests/ holds no test.";

    private PolicyTests() {}

    /**
     * Runs all tests of that folder.
     *
     * @throws dev.sluice.policy.PolicyException when the folder cannot be loaded or an engine does not answer
     */
    public static List<PolicyTestResult> run(Path root) {
        PolicyFolder folder = PolicyFolder.load(root);
        List<PolicyTestResult> results = new ArrayList<>();
        try (PolicyEngine engine = WasmPolicyEngine.start(folder)) {
            List<Golden> all = Golden.all(root);
            if (all.isEmpty()) {
                results.add(skipped("golden", "The folder golden/ holds no decision that a reviewer agreed to."));
            }
            for (Golden golden : all) {
                results.add(result(golden.file(), golden.differences(engine.evaluate(golden.input()))));
            }
            results.add(result("invariants", invariants(folder, engine)));
        }
        results.addAll(rego(root));
        return List.copyOf(results);
    }

    /**
     * Writes the present decisions into the golden files, so that a reviewer sees the difference.
     *
     * @return the files that changed
     */
    public static List<String> updateGolden(Path root) {
        PolicyFolder folder = PolicyFolder.load(root);
        List<String> changed = new ArrayList<>();
        try (PolicyEngine engine = WasmPolicyEngine.start(folder)) {
            for (Golden golden : Golden.all(root)) {
                JsonNode now = engine.evaluate(golden.input());
                if (!golden.differences(now).isEmpty()) {
                    new Golden(golden.file(), golden.input(), now).write(root);
                    changed.add(golden.file());
                }
            }
        }
        return List.copyOf(changed);
    }

    private static List<String> invariants(PolicyFolder folder, PolicyEngine engine) {
        ObjectNode data = folder.data().deepCopy();
        data.putObject("rules");
        try (PolicyEngine withoutRules = WasmPolicyEngine.start(folder, data)) {
            return Invariants.broken(folder, engine, withoutRules, Instant.now());
        }
    }

    private static List<PolicyTestResult> rego(Path root) {
        if (!holdsRego(root.resolve("tests"))) {
            return List.of(skipped("opa test", NO_TEST));
        }
        Optional<OpaBinary> opa = OpaBinary.find();
        if (opa.isEmpty()) {
            return List.of(skipped("opa test", OpaBinary.howToInstall()));
        }
        OpaRun run = opa.get().run(root, List.of("test", "--bundle", "--format", "json", "."));
        List<PolicyTestResult> results = results(run);
        boolean noneFailed = results.stream().allMatch(result -> result.status() == PolicyTestStatus.PASSED);
        if (results.isEmpty() || (run.exit() != 0 && noneFailed)) {
            String detail =
                    results.isEmpty() ? NO_TEST : "The command opa test ended with exit code " + run.exit() + ".";
            results.add(new PolicyTestResult("opa test", PolicyTestStatus.FAILED, detail));
        }
        return results;
    }

    private static List<PolicyTestResult> results(OpaRun run) {
        List<PolicyTestResult> results = new ArrayList<>();
        try {
            for (JsonNode test : CanonicalJson.parse(run.out())) {
                results.add(rego(test));
            }
        } catch (JsonProcessingException e) {
            throw PolicyErrors.noAnswer("opa test", run.err().strip(), e);
        }
        // OPA runs its tests side by side and prints them as they end.
        results.sort(Comparator.comparing(PolicyTestResult::name));
        return results;
    }

    private static boolean holdsRego(Path tests) {
        try (Stream<Path> files = Files.walk(tests)) {
            return files.anyMatch(file -> file.toString().endsWith(".rego"));
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException | UncheckedIOException e) {
            throw PolicyErrors.noAnswer("opa test", "The folder " + tests + " cannot be read", e);
        }
    }

    private static PolicyTestResult skipped(String name, String why) {
        return new PolicyTestResult(name, PolicyTestStatus.SKIPPED, why);
    }

    private static PolicyTestResult rego(JsonNode test) {
        String name = test.path("package").asText() + "." + test.path("name").asText();
        boolean failed = test.path("fail").asBoolean()
                || test.has("error")
                || test.path("skip").asBoolean();
        JsonNode place = test.path("location");
        String where = place.path("file").asText() + ":" + place.path("row").asInt();
        return new PolicyTestResult(
                name,
                failed ? PolicyTestStatus.FAILED : PolicyTestStatus.PASSED,
                failed ? "The test failed at " + where + "." : "");
    }

    private static PolicyTestResult result(String name, List<String> wrong) {
        return new PolicyTestResult(
                name, wrong.isEmpty() ? PolicyTestStatus.PASSED : PolicyTestStatus.FAILED, String.join(" ", wrong));
    }
}
