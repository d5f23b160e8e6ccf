package dev.sluice.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.policy.CanonicalJson;
import dev.sluice.policy.FolderCopy;
import dev.sluice.policy.PolicyException;
import dev.sluice.policy.ShopSchemas;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.DecisionInput;
import dev.sluice.policy.decision.PolicyEngine;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server engine against a real OPA that was started empty and filled by {@code publish}. */
final class ServerPolicyEngineIT implements PolicyEngineContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private static Path work;

    private static OpaServer server;
    private static ServerPolicyEngine engine;

    @BeforeAll
    static void start() throws Exception {
        server = OpaServer.start(work);
        engine = new ServerPolicyEngine(server.address(), PolicyEngineContract.sample(), TIMEOUT);
        engine.publish();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public PolicyEngine engine() {
        return engine;
    }

    @Test
    void answersEverySampleInputAsTheWasmEngineDoes() {
        List<JsonNode> inputs = inputs();
        try (PolicyEngine wasm = WasmPolicyEngine.start(PolicyEngineContract.sample())) {
            for (JsonNode input : inputs) {
                assertThat(CanonicalJson.text(engine.evaluate(input)))
                        .isEqualTo(CanonicalJson.text(wasm.evaluate(input)));
            }
        }
        assertThat(inputs).hasSize(ShopSchemas.all().size() * 4);
    }

    @Test
    void asksAServerThatWasStartedWithTheFolder() throws Exception {
        try (OpaServer bundle = OpaServer.start(work, "--bundle", FolderCopy.SAMPLE.toString())) {
            ServerPolicyEngine asked = new ServerPolicyEngine(bundle.address(), PolicyEngineContract.sample(), TIMEOUT);
            assertThat(asked.evaluate(PolicyEngineContract.customers()))
                    .isEqualTo(engine.evaluate(PolicyEngineContract.customers()));
        }
    }

    @Test
    void getsNoAnswerFromAServerWithAnotherRevision(@TempDir Path dir) {
        FolderCopy data = FolderCopy.in(dir).replace("rules/data.yaml", "treatment: drop", "treatment: redact");
        assertNoAnswer(data, "another revision of rules");
        FolderCopy rego = FolderCopy.in(dir.resolve("2")).append("lib/gate.rego", "\n# x\n");
        assertNoAnswer(rego, "another revision of lib/");
    }

    @Test
    void getsNoAnswerFromAnEmptyServer() throws Exception {
        try (OpaServer empty = OpaServer.start(work)) {
            ServerPolicyEngine asked = new ServerPolicyEngine(empty.address(), PolicyEngineContract.sample(), TIMEOUT);
            assertThatThrownBy(() -> asked.evaluate(PolicyEngineContract.customers()))
                    .isInstanceOf(PolicyException.class)
                    .hasMessageContaining("POL-006");
        }
    }

    @Test
    void getsNoAnswerFromAServerThatIsGone() throws Exception {
        URI address;
        try (OpaServer gone = OpaServer.start(work)) {
            address = gone.address();
        }
        ServerPolicyEngine asked = new ServerPolicyEngine(address, PolicyEngineContract.sample(), TIMEOUT);
        assertThatThrownBy(() -> asked.evaluate(PolicyEngineContract.customers()))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("ConnectException");
    }

    private static void assertNoAnswer(FolderCopy copy, String reason) {
        ServerPolicyEngine asked = new ServerPolicyEngine(server.address(), PolicyFolder.load(copy.root()), TIMEOUT);
        assertThatThrownBy(() -> asked.evaluate(PolicyEngineContract.customers()))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(reason);
    }

    /**
     * Every table as it is, for an unknown purpose, as a table without a description, and with tags of its
     * own.
     */
    private static List<JsonNode> inputs() {
        List<JsonNode> inputs = new ArrayList<>();
        ShopSchemas.all().forEach((dataset, schema) -> {
            ObjectNode plain = DecisionInput.of(
                    dataset, schema, PolicyEngineContract.sample().consumer("lake-analytics"), AT);
            ObjectNode purpose = plain.deepCopy();
            purpose.withObjectProperty("consumer").put("purpose", "marketing");
            ObjectNode unknown = plain.deepCopy();
            unknown.withObjectProperty("dataset").put("table", "unheard_of");
            ObjectNode tagged = plain.deepCopy();
            for (JsonNode field : tagged.at("/schema/fields")) {
                ((ObjectNode) field).putArray("tags").add("user.payment.limit").add("user.name");
            }
            inputs.addAll(List.of(plain, purpose, unknown, tagged));
        });
        return inputs;
    }
}
