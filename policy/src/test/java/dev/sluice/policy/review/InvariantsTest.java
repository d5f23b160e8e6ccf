package dev.sluice.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.policy.FolderCopy;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.PolicyEngine;
import dev.sluice.policy.opa.WasmPolicyEngine;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class InvariantsTest {

    private static final Instant AT = Instant.parse("2026-11-23T00:00:00Z");

    private static PolicyFolder folder;
    private static PolicyEngine engine;
    private static PolicyEngine withoutRules;

    @BeforeAll
    static void start() {
        folder = PolicyFolder.load(FolderCopy.SAMPLE);
        engine = WasmPolicyEngine.start(folder);
        ObjectNode data = folder.data().deepCopy();
        data.putObject("rules");
        withoutRules = WasmPolicyEngine.start(folder, data);
    }

    @AfterAll
    static void close() {
        engine.close();
        withoutRules.close();
    }

    @Test
    void theLibraryHoldsThemAll() {
        assertThat(Invariants.broken(folder, engine, withoutRules, AT)).isEmpty();
    }

    /** The trap of a first version: a category without a rule dropped out of the candidates. */
    @Test
    void findsALibraryThatForgetsCategoriesWithoutARule() {
        PolicyEngine forgetful = changed(engine, answer -> {
            answer.withObjectProperty("fields").properties().forEach(field -> {
                if (field.getKey().startsWith("user.contact.address.street+")) {
                    ((ObjectNode) field.getValue()).put("treatment", "redact");
                }
            });
            return answer;
        });
        assertThat(Invariants.broken(folder, forgetful, withoutRules, AT))
                .contains("lake-analytics: Adding user.name to user.contact.address.street makes the treatment less"
                        + " strict.");
    }

    @Test
    void findsALibraryThatKeepsByDefault() {
        PolicyEngine loose = changed(engine, answer -> {
            answer.withObjectProperty("fields").properties().forEach(field -> ((ObjectNode) field.getValue())
                    .put("treatment", "keep"));
            return answer.put("allow", true);
        });
        assertThat(Invariants.broken(folder, loose, loose, AT))
                .contains(
                        "lake-analytics: An unknown purpose is allowed.",
                        "lake-analytics: A field without a category is not quarantined.",
                        "lake-analytics: A key without a category does not get a pseudonym of its own.",
                        "lake-analytics: Without rules user.name is not quarantined.");
    }

    @Test
    void findsALibraryThatAnswersDifferentlyEachTime() {
        int[] asked = {0};
        PolicyEngine moody = changed(engine, answer -> answer.put("asked", asked[0]++));
        assertThat(Invariants.broken(folder, moody, withoutRules, AT))
                .containsExactly("lake-analytics: The same question got two answers.");
    }

    private static PolicyEngine changed(PolicyEngine real, UnaryOperator<ObjectNode> change) {
        return new PolicyEngine() {
            @Override
            public JsonNode evaluate(JsonNode input) {
                return change.apply(JsonNodeFactory.instance.objectNode().setAll((ObjectNode) real.evaluate(input)));
            }

            @Override
            public String engine() {
                return real.engine();
            }

            @Override
            public void close() {}
        };
    }
}
