package dev.sluice.policy.opa;

import dev.sluice.policy.CanonicalJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says what a compiled module was made from, as {@code policy/build-wasm} writes it: lines {@code opa VERSION}, {@code
 * entrypoint PATH}, {@code wasm SHA256} and one {@code source SHA256 FILE} per Rego file.
 *
 * @param opa version of the compiler
 * @param wasm SHA-256 of the module, hex
 * @param sources SHA-256 of each Rego file, hex, by path inside the folder
 */
record Manifest(String opa, String wasm, SortedMap<String, String> sources) {

    /** Reads the lines; empty when they are not a manifest for the entry point of the gate. */
    static Optional<Manifest> read(List<String> lines) {
        Map<String, String> single = new TreeMap<>();
        TreeMap<String, String> sources = new TreeMap<>();
        for (String line : lines) {
            String[] word = line.split(" ", 3);
            if (word[0].equals("source") && word.length == 3) {
                sources.put(word[2], word[1]);
            } else if (word.length == 2) {
                single.put(word[0], word[1]);
            }
        }
        if (!"gate/plan".equals(single.get("entrypoint"))) {
            return Optional.empty();
        }
        return Optional.of(new Manifest(single.getOrDefault("opa", ""), single.getOrDefault("wasm", ""), sources));
    }

    /** Whether the module was made from exactly these files. */
    boolean madeFrom(SortedMap<String, byte[]> rego) {
        TreeMap<String, String> hashes = new TreeMap<>();
        rego.forEach((file, bytes) -> hashes.put(file, CanonicalJson.sha256(bytes)));
        return hashes.equals(sources);
    }
}
