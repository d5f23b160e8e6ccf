package dev.sluice.policy.opa;

import dev.sluice.policy.CanonicalJson;
import dev.sluice.policy.PolicyErrors;
import dev.sluice.policy.catalog.PolicyFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the Wasm module of a policy folder: the module in this jar when the folder has no {@code lib/*.rego} or the
 * same library that this module was made from, else {@code build/plan.wasm} of the folder. A module whose manifest
 * names other sources is refused, so that only the reviewed library runs.
 */
public final class CompiledPolicy {

    private static final String WASM = "plan.wasm";
    private static final String MANIFEST = "plan.manifest";

    private final byte[] wasm;
    private final Manifest manifest;

    private CompiledPolicy(byte[] wasm, Manifest manifest) {
        this.wasm = wasm;
        this.manifest = manifest;
    }

    /**
     * The module that belongs to the folder's Rego.
     *
     * @throws dev.sluice.policy.PolicyException when there is none
     */
    public static CompiledPolicy of(PolicyFolder folder) {
        CompiledPolicy builtIn = builtIn();
        if (folder.rego().isEmpty() || builtIn.manifest.madeFrom(folder.rego())) {
            return builtIn;
        }
        String name = folder.root().toString();
        Path build = folder.root().resolve("build");
        if (!Files.exists(build.resolve(MANIFEST)) || !Files.exists(build.resolve(WASM))) {
            throw PolicyErrors.notCompiled(name, "lib/ differs from the built-in library and build/ holds no module");
        }
        CompiledPolicy own = new CompiledPolicy(
                read(build.resolve(WASM)), manifest(read(build.resolve(MANIFEST)), build.toString()));
        if (!own.manifest.madeFrom(folder.rego())) {
            throw PolicyErrors.notCompiled(name, "build/plan.wasm was made from other sources than lib/");
        }
        return own.checked(name);
    }

    /** The module in this jar. */
    static CompiledPolicy builtIn() {
        byte[] wasm = resource(WASM);
        return new CompiledPolicy(wasm, manifest(resource(MANIFEST), MANIFEST)).checked(WASM);
    }

    byte[] wasm() {
        return wasm.clone();
    }

    Manifest manifest() {
        return manifest;
    }

    private CompiledPolicy checked(String name) {
        if (!CanonicalJson.sha256(wasm).equals(manifest.wasm())) {
            throw PolicyErrors.notCompiled(name, "plan.wasm is not the file that plan.manifest names");
        }
        return this;
    }

    private static Manifest manifest(byte[] bytes, String where) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        Optional<Manifest> manifest = Manifest.read(lines);
        return manifest.orElseThrow(() -> PolicyErrors.notCompiled(where, "plan.manifest is not a manifest"));
    }

    private static byte[] resource(String name) {
        try (InputStream in = CompiledPolicy.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw PolicyErrors.unreadable(name, e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw PolicyErrors.unreadable(file.toString(), e);
        }
    }
}
