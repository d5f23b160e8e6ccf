package dev.sluice.policy.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.policy.PolicyCheckCode;
import dev.sluice.policy.decision.Catalog;
import dev.sluice.policy.decision.Treatment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks words across files: every category, purpose, treatment, table and field that a file names exists. */
final class Words {

    private final SortedMap<String, Document> documents;
    private final List<Finding> findings;

    private Words(SortedMap<String, Document> documents, List<Finding> findings) {
        this.documents = documents;
        this.findings = findings;
    }

    static void check(SortedMap<String, Document> documents, List<Finding> findings) {
        Words words = new Words(documents, findings);
        words.each(FolderReader.RULES, words::rule);
        words.each(FolderReader.CONSUMERS, words::consumer);
        words.each(FolderReader.TREATMENTS, words::siteParams);
        documents.forEach(
                (file, document) -> FolderReader.dataset(file).ifPresent(dataset -> words.dataset(dataset, document)));
    }

    /** The field that a reference of a dataset points to; {@code table} is {@code schema.table} of the same source. */
    static Catalog.Reference reference(DatasetId from, JsonNode references) {
        String table = references.path("table").asText();
        int dot = table.indexOf('.');
        String schema = dot < 0 ? from.schema() : table.substring(0, dot);
        DatasetId to = new DatasetId(from.source(), schema, table.substring(dot + 1));
        return new Catalog.Reference(to, references.path("field").asText());
    }

    /** Whether the category or one above it is marked as special. */
    static boolean special(JsonNode categories, String category) {
        for (String at = category; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            if (categories.path(at).path("special").asBoolean(false)) {
                return true;
            }
        }
        return false;
    }

    private interface EntryCheck {
        void on(Document document, String at, Map.Entry<String, JsonNode> entry);
    }

    private void each(String file, EntryCheck check) {
        Document document = documents.get(file);
        if (document != null) {
            document.root()
                    .properties()
                    .forEach(entry -> check.on(document, Document.below("", entry.getKey()), entry));
        }
    }

    private void rule(Document document, String at, Map.Entry<String, JsonNode> entry) {
        JsonNode rule = entry.getValue();
        if (Catalog.BUILT_IN_RULES.contains(entry.getKey())) {
            add(document.finding(
                    PolicyCheckCode.RESERVED_RULE,
                    at,
                    "The Rego library uses the rule id " + entry.getKey() + ".",
                    "Choose another id."));
        }
        known(document, at + "/category", "categories", rule.path("category"), true);
        int i = 0;
        for (JsonNode purpose : rule.path("purposes")) {
            known(document, at + "/purposes/" + i++, "purposes", purpose, true);
        }
        treatment(document, at, rule).ifPresent(treatment -> {
            treatment
                    .problems()
                    .forEach(what -> add(document.finding(
                            PolicyCheckCode.TREATMENT_PARAMS,
                            at + "/params",
                            what,
                            "Correct params of the rule, or " + FolderReader.TREATMENTS + ".")));
            JsonNode categories = root(FolderReader.TAXONOMY).path("categories");
            boolean approved = rule.has("approved_by");
            if (treatment.kind() == Treatment.Kind.KEEP && !approved && coversSpecial(categories, rule)) {
                add(document.finding(
                        PolicyCheckCode.NOT_APPROVED,
                        at + "/treatment",
                        "The rule keeps a special category without an approval.",
                        "Add approved_by, or choose a stricter treatment."));
            }
        });
    }

    private Optional<Treatment> treatment(Document document, String at, JsonNode rule) {
        String name = rule.path("treatment").asText();
        Optional<Treatment.Kind> kind = Treatment.Kind.ofText(name);
        if (kind.isEmpty() && rule.path("treatment").isTextual()) {
            unknownTreatment(document, at + "/treatment", name);
        }
        return kind.map(found -> {
            TreeMap<String, String> params = new TreeMap<>();
            root(FolderReader.TREATMENTS)
                    .path(name)
                    .properties()
                    .forEach(p -> params.put(p.getKey(), p.getValue().asText()));
            rule.path("params")
                    .properties()
                    .forEach(p -> params.put(p.getKey(), p.getValue().asText()));
            return new Treatment(found, params);
        });
    }

    private static boolean coversSpecial(JsonNode categories, JsonNode rule) {
        String category = rule.path("category").asText();
        if (special(categories, category)) {
            return true;
        }
        for (Map.Entry<String, JsonNode> entry : categories.properties()) {
            if (entry.getKey().startsWith(category + ".") && special(categories, entry.getKey())) {
                return true;
            }
        }
        return false;
    }

    private void consumer(Document document, String at, Map.Entry<String, JsonNode> entry) {
        known(document, at + "/purpose", "purposes", entry.getValue().path("purpose"), false);
    }

    private void siteParams(Document document, String at, Map.Entry<String, JsonNode> entry) {
        if (Treatment.Kind.ofText(entry.getKey()).isEmpty()) {
            unknownTreatment(document, at, entry.getKey());
        }
    }

    private void dataset(DatasetId dataset, Document document) {
        JsonNode fields = document.root().path("fields");
        boolean personal = false;
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            String at = Document.below("/fields", field.getKey());
            int i = 0;
            for (JsonNode tag : field.getValue().path("tags")) {
                known(document, at + "/tags/" + i++, "categories", tag, false);
                personal |= tag.asText().equals("user") || tag.asText().startsWith("user.");
            }
            if (field.getValue().has("references")) {
                references(dataset, document, at + "/references");
            }
        }
        subject(document, personal);
    }

    private void references(DatasetId dataset, Document document, String at) {
        Catalog.Reference to = reference(dataset, document.root().at(at));
        Document other = documents.get(FolderReader.file(to.dataset()));
        if (other == null) {
            add(document.finding(
                    PolicyCheckCode.UNKNOWN_REFERENCE,
                    at + "/table",
                    "The table " + to.dataset() + " is not in the catalog.",
                    "Correct the name, or add " + FolderReader.file(to.dataset()) + "."));
        } else if (!other.root().path("fields").has(to.field())) {
            add(document.finding(
                    PolicyCheckCode.UNKNOWN_REFERENCE,
                    at + "/field",
                    "The table " + to.dataset() + " has no field " + to.field() + " in the catalog.",
                    "Correct the name, or add the field to " + FolderReader.file(to.dataset()) + "."));
        }
    }

    private void subject(Document document, boolean personal) {
        JsonNode subject = document.root().path("subject");
        if (subject.isMissingNode()) {
            if (personal) {
                add(document.finding(
                        PolicyCheckCode.SUBJECT_MISSING,
                        "/fields",
                        "Fields are about a person, but no subject says about whom, so the person cannot be erased"
                                + " from this table.",
                        "Add subject with kind and key."));
            }
            return;
        }
        known(document, "/subject/kind", "subjects", subject.path("kind"), false);
        int i = 0;
        for (JsonNode name : subject.path("key")) {
            String at = "/subject/key/" + i++;
            if (!document.root().path("fields").has(name.asText())) {
                add(document.finding(
                        PolicyCheckCode.SUBJECT_KEY,
                        at,
                        "The subject names the field " + name.asText() + ", which is not among the fields.",
                        "Correct the name, or add the field."));
            }
        }
        if (i == 0) {
            add(document.finding(
                    PolicyCheckCode.SUBJECT_KEY,
                    "/subject",
                    "The key of the subject names no field.",
                    "Name at least one field."));
        }
    }

    /** A word is known when it is in the taxonomy; in a rule also when a word of the taxonomy stands below it. */
    private void known(Document document, String at, String list, JsonNode word, boolean orAbove) {
        Document taxonomy = documents.get(FolderReader.TAXONOMY);
        if (taxonomy == null || !word.isTextual()) {
            return; // reported as a missing file or a wrong shape
        }
        String text = word.asText();
        for (Map.Entry<String, JsonNode> entry : taxonomy.root().path(list).properties()) {
            if (entry.getKey().equals(text) || (orAbove && entry.getKey().startsWith(text + "."))) {
                return;
            }
        }
        add(document.finding(
                PolicyCheckCode.UNKNOWN_WORD,
                at,
                "The word " + text + " is not among the " + list + " of " + FolderReader.TAXONOMY + ".",
                "Correct the word, or add it to the taxonomy."));
    }

    private JsonNode root(String file) {
        Document document = documents.get(file);
        return document == null ? MissingNode.getInstance() : document.root();
    }

    private void unknownTreatment(Document document, String at, String name) {
        add(document.finding(
                PolicyCheckCode.UNKNOWN_TREATMENT,
                at,
                "The treatment " + name + " does not exist.",
                "Choose one of " + treatments() + "."));
    }

    private void add(Finding finding) {
        findings.add(finding);
    }

    private static String treatments() {
        return String.join(
                ", ",
                List.of(Treatment.Kind.values()).stream()
                        .map(Treatment.Kind::text)
                        .toList());
    }
}
