package dev.sluice.policy.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.policy.CanonicalJson;
import dev.sluice.policy.PolicyCheckCode;
import dev.sluice.policy.PolicyErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads every file of a policy folder. A file with an unknown name is a fault, so that a misspelt folder does not count
 * as empty.
 */
final class FolderReader {

    static final String RULES = "rules/data.yaml";
    static final String TAXONOMY = "taxonomy/data.yaml";
    static final String CONSUMERS = "consumers/data.yaml";
    static final String TREATMENTS = "treatments/data.yaml";

    private static final Map<String, Supplier<DocumentShape>> FILES = Map.of(
            RULES, DocumentShapes::rules,
            TAXONOMY, DocumentShapes::taxonomy,
            CONSUMERS, DocumentShapes::consumers,
            TREATMENTS, DocumentShapes::treatments);

    /** Files and folders that this reader skips: tests, golden decisions, the compiled module, notes. */
    private static final Set<String> BESIDE = Set.of("tests", "golden", "build", "README.md", "CODEOWNERS");

    private final Path root;
    private final List<Finding> findings;
    private final Content content =
            new Content(JsonNodeFactory.instance.objectNode(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    FolderReader(Path root, List<Finding> findings) {
        this.root = root;
        this.findings = findings;
    }

    /**
     * What a folder holds.
     *
     * @param data all data files as one tree, as OPA would load them
     * @param documents data files by path
     * @param rego library files by path
     * @param hashes SHA-256 of every file of the policy by path
     */
    record Content(
            ObjectNode data,
            SortedMap<String, Document> documents,
            SortedMap<String, byte[]> rego,
            SortedMap<String, String> hashes) {

        /** Hash over paths and contents of the catalog, or of everything else. */
        String revision(boolean catalog) {
            StringBuilder text = new StringBuilder();
            hashes.forEach((file, hash) -> {
                if (file.startsWith("catalog/") == catalog) {
                    text.append(file).append(' ').append(hash).append('\n');
                }
            });
            return "sha256:" + CanonicalJson.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    Content read() {
        if (!Files.isDirectory(root)) {
            findings.add(PolicyCheckCode.NOT_A_FOLDER.at(
                    root.toString(), "This is not a folder.", "Name a policy folder such as policy/sample."));
            return content;
        }
        for (Path path : files()) {
            String file = root.relativize(path).toString().replace('\\', '/');
            if (!file.startsWith(".") && !BESIDE.contains(first(file))) {
                readFile(file, path);
            }
        }
        for (String file : List.of(RULES, TAXONOMY, CONSUMERS)) {
            if (!content.documents().containsKey(file)) {
                findings.add(PolicyCheckCode.FILE_MISSING.at(
                        file, "The file is missing.", "Add it; policy/sample shows its form."));
            }
        }
        return content;
    }

    private List<Path> files() {
        try (Stream<Path> walk = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw PolicyErrors.unreadable(root.toString(), e);
        }
    }

    private void readFile(String file, Path path) {
        Optional<DatasetId> dataset = dataset(file);
        Supplier<DocumentShape> shape = dataset.isPresent() ? DocumentShapes::dataset : FILES.get(file);
        if (shape != null) {
            byte[] bytes = bytes(file, path);
            Document document = StrictYaml.read(file, bytes, findings);
            shape.get().check(document, findings);
            content.documents().put(file, document);
            content.hashes().put(file, CanonicalJson.sha256(bytes));
            place(file, document);
        } else if (file.startsWith("lib/") && file.endsWith(".rego")) {
            byte[] bytes = bytes(file, path);
            content.rego().put(file, bytes);
            content.hashes().put(file, CanonicalJson.sha256(bytes));
        } else {
            findings.add(PolicyCheckCode.UNKNOWN_FILE.at(
                    file,
                    "A policy folder has no file of this name.",
                    "Remove or rename it. A policy folder holds " + RULES + ", " + TAXONOMY + ", " + CONSUMERS + ", "
                            + TREATMENTS + ", catalog/<source>/<schema>/<table>/data.yaml, lib/*.rego, tests/,"
                            + " golden/ and build/."));
        }
    }

    private void place(String file, Document document) {
        String[] path = file.split("/", -1);
        ObjectNode at = content.data();
        for (int i = 0; i < path.length - 2; i++) {
            at = at.withObjectProperty(path[i]);
        }
        at.set(path[path.length - 2], document.root());
    }

    private static byte[] bytes(String file, Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw PolicyErrors.unreadable(file, e);
        }
    }

    private static String first(String file) {
        int slash = file.indexOf('/');
        return slash < 0 ? file : file.substring(0, slash);
    }

    /** The dataset that a file of the catalog describes; empty for other files. */
    static Optional<DatasetId> dataset(String file) {
        String[] path = file.split("/", -1);
        boolean described = path.length == 5 && path[0].equals("catalog") && path[4].equals("data.yaml");
        return described ? Optional.of(new DatasetId(path[1], path[2], path[3])) : Optional.empty();
    }

    /** The file of the catalog that describes the dataset. */
    static String file(DatasetId dataset) {
        return "catalog/" + dataset.source() + "/" + dataset.schema() + "/" + dataset.table() + "/data.yaml";
    }
}
