package dev.sluice.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.policy.CanonicalJson;
import dev.sluice.policy.FolderCopy;
import dev.sluice.policy.PolicyException;
import dev.sluice.policy.ShopSchemas;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.Catalog;
import dev.sluice.policy.decision.DecisionInput;
import dev.sluice.policy.decision.PolicyEngine;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every engine must do. The engine under test holds the sample folder. */
interface PolicyEngineContract {

    Instant AT = Instant.parse("2026-11-23T00:00:00Z");

    PolicyEngine engine();

    static PolicyFolder sample() {
        return PolicyFolder.load(FolderCopy.SAMPLE);
    }

    static ObjectNode customers() {
        Catalog.Consumer consumer = sample().consumer("lake-analytics");
        return DecisionInput.of(ShopSchemas.dataset("customers"), ShopSchemas.customers(), consumer, AT);
    }

    @Test
    default void decidesEveryFieldOfTheSchema() {
        JsonNode decision = engine().evaluate(customers());

        assertThat(decision.path("allow").booleanValue()).isTrue();
        List<String> names =
                ShopSchemas.customers().fields().stream().map(f -> f.name()).toList();
        assertThat(decision.path("fields").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(names);
        assertThat(decision.at("/fields/email/treatment").asText()).isEqualTo("hmac");
        assertThat(decision.at("/fields/email/rule").asText()).isEqualTo("email-pseudonym");
        assertThat(decision.at("/fields/nickname/treatment").asText()).isEqualTo("quarantine");
        assertThat(decision.path("unclassified")).hasSize(1);
    }

    @Test
    default void deniesAnUnknownPurpose() {
        ObjectNode input = customers();
        input.withObjectProperty("consumer").put("purpose", "marketing");

        JsonNode decision = engine().evaluate(input);

        assertThat(decision.path("allow").booleanValue()).isFalse();
        assertThat(decision.path("fields")).isEmpty();
        assertThat(decision.path("violations")).isNotEmpty();
    }

    @Test
    default void deniesAnInputOfAnotherShape() {
        for (JsonNode input : List.of(
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.textNode("x"),
                customers().without("schema"))) {
            assertThat(engine().evaluate(input).path("allow").booleanValue()).isFalse();
        }
    }

    @Test
    default void answersTheSameInputWithTheSameBytesOnAnyThread() {
        Set<String> answers = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 24).parallel().forEach(i -> answers.add(CanonicalJson.text(engine().evaluate(customers()))));
        assertThat(answers).hasSize(1);
    }

    @Test
    default void namesItself() {
        assertThat(engine().engine()).startsWith("opa-");
    }

    @Test
    default void failsOnADecisionThatContradictsItself() {
        ObjectNode input = customers();
        RowSchema alone = RowSchema.of(ShopSchemas.customers().fields().subList(0, 1));
        input.set(
                "schema",
                DecisionInput.of(ShopSchemas.dataset("customers"), alone, sample().consumer("lake-analytics"), AT)
                        .path("schema"));
        // the same field twice, once as key and once not, with another treatment each
        input.withObjectProperty("schema").withArrayProperty("fields").removeAll();
        input.withObjectProperty("schema")
                .withArrayProperty("fields")
                .addObject()
                .put("path", "nobody_knows")
                .put("key", true);
        input.withObjectProperty("schema")
                .withArrayProperty("fields")
                .addObject()
                .put("path", "nobody_knows")
                .put("key", false);

        assertThatThrownBy(() -> engine().evaluate(input))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("POL-006");

        assertThat(engine().evaluate(customers()).path("allow").booleanValue()).isTrue();
    }
}
