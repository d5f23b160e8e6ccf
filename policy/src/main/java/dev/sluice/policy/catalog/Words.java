package dev.sluice.policy.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.policy.decision.Catalog;
import dev.sluice.policy.decision.Treatment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks across files: every word that is used is known, and what hangs together fits. */
final class Words {

    private final SortedMap<String, Document> documents;
    private final List<Problem> problems;

    private Words(SortedMap<String, Document> documents, List<Problem> problems) {
        this.documents = documents;
        this.problems = problems;
    }

    static void check(SortedMap<String, Document> documents, List<Problem> problems) {
        Words words = new Words(documents, problems);
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
            problem(document, at, "rule id " + entry.getKey() + " is taken by the library; choose another");
        }
        known(document, at + "/category", "categories", rule.path("category"), true);
        int i = 0;
        for (JsonNode purpose : rule.path("purposes")) {
            known(document, at + "/purposes/" + i++, "purposes", purpose, true);
        }
        treatment(document, at, rule).ifPresent(treatment -> {
            treatment.problems().forEach(message -> problem(document, at + "/params", message));
            JsonNode categories = root(FolderReader.TAXONOMY).path("categories");
            boolean approved = rule.has("approved_by");
            if (treatment.kind() == Treatment.Kind.KEEP && !approved && coversSpecial(categories, rule)) {
                problem(document, at + "/treatment", "keep on a special category needs approved_by");
            }
        });
    }

    private Optional<Treatment> treatment(Document document, String at, JsonNode rule) {
        String name = rule.path("treatment").asText();
        Optional<Treatment.Kind> kind = Treatment.Kind.ofText(name);
        if (kind.isEmpty() && rule.path("treatment").isTextual()) {
            problem(document, at + "/treatment", "unknown treatment " + name + "; known are " + treatments());
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
            problem(document, at, "unknown treatment " + entry.getKey() + "; known are " + treatments());
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
            problem(document, at + "/table", "table " + to.dataset() + " is not in the catalog");
        } else if (!other.root().path("fields").has(to.field())) {
            problem(document, at + "/field", to.dataset() + " has no field " + to.field() + " in the catalog");
        }
    }

    private void subject(Document document, boolean personal) {
        JsonNode subject = document.root().path("subject");
        if (subject.isMissingNode()) {
            if (personal) {
                problem(
                        document,
                        "/fields",
                        "fields are about a person, but no subject says about whom;"
                                + " without it the person cannot be erased from this table. Add subject: kind and key");
            }
            return;
        }
        known(document, "/subject/kind", "subjects", subject.path("kind"), false);
        int i = 0;
        for (JsonNode name : subject.path("key")) {
            String at = "/subject/key/" + i++;
            if (!document.root().path("fields").has(name.asText())) {
                problem(document, at, "subject field " + name.asText() + " is not among the fields");
            }
        }
        if (i == 0) {
            problem(document, "/subject", "subject needs at least one key field");
        }
    }

    /** A word is known when it is in the taxonomy; in a rule also when it stands above a word that is. */
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
        problem(document, at, text + " is not among the " + list + " of " + FolderReader.TAXONOMY);
    }

    private JsonNode root(String file) {
        Document document = documents.get(file);
        return document == null ? MissingNode.getInstance() : document.root();
    }

    private void problem(Document document, String at, String message) {
        problems.add(document.problem(at, message));
    }

    private static String treatments() {
        return String.join(
                ", ",
                List.of(Treatment.Kind.values()).stream()
                        .map(Treatment.Kind::text)
                        .toList());
    }
}
