package dev.sluice.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.policy.FolderCopy;
import dev.sluice.policy.PolicyException;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.PolicyEngine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WasmPolicyEngineTest implements PolicyEngineContract {

    private static PolicyEngine engine;

    @BeforeAll
    static void start() {
        engine = WasmPolicyEngine.start(PolicyEngineContract.sample());
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Override
    public PolicyEngine engine() {
        return engine;
    }

    @Test
    void givesNoAnswerOnceClosed() {
        WasmPolicyEngine closed = WasmPolicyEngine.start(PolicyEngineContract.sample());
        closed.close();
        assertThatThrownBy(() -> closed.evaluate(PolicyEngineContract.customers()))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void givesUpAnEvaluationThatTakesTooLong() {
        try (WasmPolicyEngine hurried = WasmPolicyEngine.start(PolicyEngineContract.sample(), Duration.ZERO)) {
            assertThatThrownBy(() -> hurried.evaluate(PolicyEngineContract.customers()))
                    .isInstanceOf(PolicyException.class)
                    .hasMessageContaining("longer");
        }
    }

    @Test
    void holdsACatalogOfTenThousandFields(@TempDir Path dir) {
        StringBuilder text = new StringBuilder("owner: x\nfields:\n");
        for (int i = 0; i < 10_000; i++) {
            text.append("  column_").append(i).append(":\n    tags: [system.operations]\n");
        }
        FolderCopy copy = FolderCopy.in(dir).write("catalog/shop/public/wide/data.yaml", text.toString());
        try (WasmPolicyEngine large = WasmPolicyEngine.start(PolicyFolder.load(copy.root()))) {
            assertThat(large.evaluate(PolicyEngineContract.customers())
                            .path("allow")
                            .booleanValue())
                    .isTrue();
        }
    }

    @Test
    void refusesRegoThatWasNotCompiled(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir).append("lib/gate.rego", "\n# a change\n");
        PolicyFolder folder = PolicyFolder.load(copy.root());
        assertThatThrownBy(() -> WasmPolicyEngine.start(folder))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("POL-007")
                .hasMessageContaining("policy/build-wasm");
    }

    @Test
    void refusesAModuleThatWasMadeFromOtherRego(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir)
                .append("lib/gate.rego", "\n# a change\n")
                .write("build/plan.wasm", "x")
                .write("build/plan.manifest", "opa 1.9.0\nentrypoint gate/plan\nwasm 00\nsource 00 lib/gate.rego\n");
        PolicyFolder folder = PolicyFolder.load(copy.root());
        assertThatThrownBy(() -> WasmPolicyEngine.start(folder))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("other sources");
    }

    @Test
    void takesTheBuiltInLibraryWhenTheFolderBringsNone(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir).delete("lib/gate.rego");
        try (WasmPolicyEngine builtIn = WasmPolicyEngine.start(PolicyFolder.load(copy.root()))) {
            assertThat(builtIn.engine()).isEqualTo(engine.engine());
        }
    }

    @Test
    void theModuleInTheJarWasMadeFromTheLibraryOfTheSample() {
        assertThat(CompiledPolicy.builtIn()
                        .manifest()
                        .madeFrom(PolicyEngineContract.sample().rego()))
                .as("run policy/build-wasm after a change of policy/sample/lib")
                .isTrue();
        assertThat(CompiledPolicy.builtIn().manifest().opa()).isEqualTo(OpaBinary.VERSION);
    }
}
