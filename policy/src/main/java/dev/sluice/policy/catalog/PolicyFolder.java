package dev.sluice.policy.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.policy.PolicyErrors;
import dev.sluice.policy.decision.Catalog;
import dev.sluice.policy.decision.RuleRef;
import dev.sluice.policy.decision.SubjectPath;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a policy folder once, checks it and answers from it. The same content always has the same revisions.
 * Thread-safe.
 *
 * <p>{@link #load(Path)} refuses a folder with any fault; {@link #read(Path, List)} collects the faults for a report.
 */
public final class PolicyFolder implements Catalog {

    private static final String LIBRARY = "lib/gate.rego";

    private final Path root;
    private final ObjectNode data;
    private final SortedMap<String, Document> documents;
    private final SortedMap<String, byte[]> rego;
    private final String policyRevision;
    private final String catalogRevision;

    PolicyFolder(Path root, FolderReader.Content content) {
        this.root = root;
        this.data = content.data();
        this.documents = Collections.unmodifiableSortedMap(new TreeMap<>(content.documents()));
        this.rego = Collections.unmodifiableSortedMap(new TreeMap<>(content.rego()));
        this.policyRevision = content.revision(false);
        this.catalogRevision = content.revision(true);
    }

    /**
     * The folder, free of faults.
     *
     * @throws dev.sluice.policy.PolicyException that names every fault with file and line
     */
    public static PolicyFolder load(Path root) {
        List<Finding> findings = new ArrayList<>();
        PolicyFolder folder = read(root, findings);
        if (!findings.isEmpty()) {
            throw PolicyErrors.folderInvalid(
                    root.toString(), findings.stream().sorted().distinct().toList());
        }
        return folder;
    }

    /** The folder as far as it can be read; the method adds its faults to the list. */
    public static PolicyFolder read(Path root, List<Finding> findings) {
        FolderReader.Content content = new FolderReader(root, findings).read();
        Words.check(content.documents(), findings);
        return new PolicyFolder(root, content);
    }

    /** Path of the folder. */
    public Path root() {
        return root;
    }

    /**
     * What the Rego library interprets: {@code catalog}, {@code rules}, {@code consumers}, {@code taxonomy}, {@code
     * treatments}.
     */
    public JsonNode data() {
        return data.deepCopy();
    }

    /**
     * The files of {@code lib/} by path inside the folder, without tests; empty when the folder has none.
     */
    public SortedMap<String, byte[]> rego() {
        return rego;
    }

    /** Datasets of the catalog. */
    public SortedSet<DatasetId> datasets() {
        TreeSet<DatasetId> ids = new TreeSet<>();
        documents.keySet().forEach(file -> FolderReader.dataset(file).ifPresent(ids::add));
        return ids;
    }

    /** Ids of the rules, in order. */
    public SortedSet<String> rules() {
        TreeSet<String> ids = new TreeSet<>();
        data.path("rules").fieldNames().forEachRemaining(ids::add);
        return ids;
    }

    /** Ids of the consumers, in order. */
    public SortedSet<String> consumers() {
        TreeSet<String> ids = new TreeSet<>();
        data.path("consumers").fieldNames().forEachRemaining(ids::add);
        return ids;
    }

    /** The line of that JSON pointer in that file, or of the nearest place around it that the file has. */
    public Place place(String file, String pointer) {
        Document document = documents.get(file);
        return document == null ? Place.of(file) : document.place(pointer);
    }

    @Override
    public Optional<Entry> entry(DatasetId dataset) {
        Document document = documents.get(FolderReader.file(dataset));
        return Optional.ofNullable(document).map(found -> entry(dataset, found.root()));
    }

    private static Entry entry(DatasetId dataset, JsonNode root) {
        Map<String, Set<String>> tags = new HashMap<>();
        Map<String, Reference> references = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : root.path("fields").properties()) {
            Set<String> names = new HashSet<>();
            field.getValue().path("tags").forEach(tag -> names.add(tag.asText()));
            tags.put(field.getKey(), Set.copyOf(names));
            JsonNode to = field.getValue().path("references");
            if (to.isObject()) {
                references.put(field.getKey(), Words.reference(dataset, to));
            }
        }
        return new Entry(tags, references, subject(root.path("subject")));
    }

    private static @Nullable SubjectPath subject(JsonNode subject) {
        List<String> fields = new ArrayList<>();
        subject.path("key").forEach(name -> fields.add(name.asText()));
        return fields.isEmpty() ? null : new SubjectPath(subject.path("kind").asText(), fields);
    }

    @Override
    public Consumer consumer(String id) {
        JsonNode found = data.path("consumers").path(id);
        if (!found.isObject()) {
            throw PolicyErrors.unknownConsumer(id);
        }
        return new Consumer(
                id,
                found.path("purpose").asText(),
                found.path("sink").asText(),
                found.path("region").asText());
    }

    @Override
    public Optional<RuleRef> rule(String id) {
        if (BUILT_IN_RULES.contains(id)) {
            return Optional.of(new RuleRef(id, LIBRARY, 0));
        }
        Document rules = documents.get(FolderReader.RULES);
        if (rules == null || !rules.root().has(id)) {
            return Optional.empty();
        }
        return Optional.of(new RuleRef(id, FolderReader.RULES, rules.line(Document.below("", id))));
    }

    @Override
    public boolean approved(String ruleId) {
        return data.path("rules").path(ruleId).path("approved_by").isTextual();
    }

    @Override
    public boolean special(String category) {
        return Words.special(data.path("taxonomy").path("categories"), category);
    }

    @Override
    public SortedSet<LocalDate> expiries() {
        TreeSet<LocalDate> days = new TreeSet<>();
        for (JsonNode rule : data.path("rules")) {
            if (rule.path("expires").isTextual()) {
                days.add(LocalDate.parse(rule.path("expires").asText()));
            }
        }
        return days;
    }

    @Override
    public String policyRevision() {
        return policyRevision;
    }

    @Override
    public String catalogRevision() {
        return catalogRevision;
    }
}
