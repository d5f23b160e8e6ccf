package dev.sluice.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.policy.CanonicalJson;
import dev.sluice.policy.FolderCopy;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.PolicyEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module that is committed, against what the real opa makes of the Rego now. */
final class CompiledPolicyIT {

    @TempDir
    private Path dir;

    @Test
    void theCommittedModuleIsWhatTheRegoGives() throws Exception {
        assertThat(OpaServer.binary().run(dir, java.util.List.of("version")).out())
                .startsWith("Version: " + OpaBinary.VERSION + "\n");
        build(FolderCopy.SAMPLE, dir);

        assertThat(CanonicalJson.sha256(Files.readAllBytes(dir.resolve("plan.wasm"))))
                .as("run policy/build-wasm and commit what it writes")
                .isEqualTo(CanonicalJson.sha256(CompiledPolicy.builtIn().wasm()));
        assertThat(Files.readString(dir.resolve("plan.manifest")))
                .isEqualTo(Files.readString(Path.of("src/main/resources/dev/sluice/policy/opa/plan.manifest")));
    }

    @Test
    void aSiteThatChangesTheLibraryRunsItsOwnModule() throws Exception {
        FolderCopy copy = FolderCopy.in(dir)
                .replace(
                        "lib/gate.rego",
                        "{\"treatment\": \"quarantine\", \"params\": {}} if not field.key",
                        "{\"treatment\": \"redact\", \"params\": {}} if not field.key");
        build(copy.root(), copy.root().resolve("build"));
        try (PolicyEngine own = WasmPolicyEngine.start(PolicyFolder.load(copy.root()))) {
            assertThat(own.evaluate(PolicyEngineContract.customers())
                            .at("/fields/nickname/treatment")
                            .asText())
                    .isEqualTo("redact");
        }
    }

    private static void build(Path folder, Path target) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("./build-wasm", folder.toString(), target.toString());
        builder.environment().put("SLUICE_OPA", OpaServer.binary().path().toString());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
