package dev.sluice.policy.propose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cdc.capture.survey.SurveyedTable;
import dev.sluice.cdc.event.DataType.TypeKind;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.CheckedDecisionPoint;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.decision.PlannedField;
import dev.sluice.policy.decision.PolicyEngine;
import dev.sluice.policy.decision.Treatment;
import dev.sluice.policy.opa.WasmPolicyEngine;
import dev.sluice.policy.review.Invariants;
import dev.sluice.policy.review.PolicyCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterFolderTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    /** Rules of the sample that would make text about people readable, or carry an approval that is not ours. */
    private static final Set<String> NOT_IN_FORCE = Set.of("region", "country", "loyalty");

    @TempDir
    private static Path folder;

    private static final List<SurveyedTable> tables = new ArrayList<>();

    @BeforeAll
    static void write() throws IOException {
        tables.add(people());
        tables.add(things());
        tables.add(TableDraft.of("No")
                .key("yes", TypeKind.TEXT)
                .may("null", TypeKind.TEXT)
                .may("on", TypeKind.INT64)
                .may("_1", TypeKind.TEXT)
                .comment("says \"no\" # and:\n- more\u2028\u0000 \\ 'x' \uD83D\uDE00 " + "long ".repeat(80))
                .table());
        tables.add(TableDraft.of("stock")
                .key("sku", TypeKind.TEXT)
                .link("sku", "No", "yes")
                .table());
        List<ProposedTable> proposed =
                CatalogProposer.propose(WordClassifier.standard(), tables).tables();
        for (Map.Entry<String, String> file :
                StarterFolder.files("shop", proposed).entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    @Test
    void thePolicyCheckFindsNoFault() {
        assertThat(PolicyCheck.run(folder, NOW)).isNotEmpty().noneMatch(Finding::fails);
    }

    @Test
    void everyTableGetsAPlanAndNoTextIsReadable() {
        PolicyFolder read = PolicyFolder.load(folder);
        try (PolicyEngine engine = WasmPolicyEngine.start(read)) {
            CheckedDecisionPoint point =
                    new CheckedDecisionPoint(engine, read, StarterFolder.CONSUMER, InstantSource.fixed(NOW));
            int planned = 0;
            for (SurveyedTable table : tables) {
                DatasetId dataset = new DatasetId("shop", "public", table.name().table());
                Plan plan = point.plan(dataset, TableDraft.schema(table));
                for (PlannedField field : plan.fields()) {
                    planned++;
                    boolean text = field.field().type().kind() == TypeKind.TEXT;
                    assertThat(text && field.treatment().kind() == Treatment.Kind.KEEP)
                            .as(table.name() + "." + field.field().name())
                            .isFalse();
                }
            }
            assertThat(planned).isGreaterThan(150);
        }
    }

    @Test
    void theInvariantsHold() {
        PolicyFolder read = PolicyFolder.load(folder);
        try (PolicyEngine engine = WasmPolicyEngine.start(read)) {
            assertThat(Invariants.broken(read, engine, engine, NOW))
                    .allMatch(broken -> broken.contains("Without rules"));
        }
    }

    @Test
    void rulesDecideWhatThoseOfTheSampleDecideAndClaimNoApproval() {
        JsonNode ours = PolicyFolder.load(folder).data();
        JsonNode sample = PolicyFolder.load(Path.of("sample")).data();

        assertThat(categories(ours)).containsAll(categories(sample));
        Map<String, String> differences = new TreeMap<>();
        for (Map.Entry<String, JsonNode> rule : sample.path("rules").properties()) {
            JsonNode own = ours.path("rules").path(rule.getKey());
            for (String part : List.of("category", "purposes", "treatment", "params")) {
                if (!own.path(part).equals(rule.getValue().path(part))) {
                    differences.put(rule.getKey(), own.path("treatment").asText("no rule"));
                }
            }
        }
        assertThat(differences.remove("surrogate-ids")).isEqualTo("hmac");
        assertThat(differences.keySet()).isEqualTo(NOT_IN_FORCE);
        assertThat(ours.path("rules")).noneMatch(rule -> rule.has("approved_by"));
    }

    @Test
    void everyFileSaysWhatToDoNext() throws IOException {
        for (String file : List.of(
                "rules/data.yaml", "taxonomy/data.yaml", "consumers/data.yaml", "catalog/shop/public/No/data.yaml")) {
            assertThat(Files.readString(folder.resolve(file)))
                    .as(file)
                    .startsWith("#")
                    .contains("# Next: ");
        }
        assertThat(Files.readString(folder.resolve("README.md"))).contains("`catalog/shop/<schema>/<table>/data.yaml`");
    }

    @Test
    void everyTagOfTheWordListIsInTheTaxonomy() {
        JsonNode categories = PolicyFolder.load(folder).data().path("taxonomy").path("categories");

        assertThat(WordList.lines("words.csv"))
                .allMatch(line ->
                        categories.has(WordEntry.parse(line).meaning().tag().orElseThrow()));
    }

    private static List<String> categories(JsonNode data) {
        List<String> names = new ArrayList<>();
        data.path("taxonomy").path("categories").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** People, with a column for every word of the list and every type that the word fits. */
    private static SurveyedTable people() {
        TableDraft draft = TableDraft.of("customers").key("id", TypeKind.INT64);
        everyWord(draft);
        return draft.table();
    }

    private static SurveyedTable things() {
        TableDraft draft = TableDraft.of("orders")
                .key("id", TypeKind.INT64)
                .must("customer", TypeKind.INT64)
                .link("customer", "customers", "id");
        everyWord(draft);
        return draft.table();
    }

    private static void everyWord(TableDraft draft) {
        Set<String> seen = new HashSet<>(Set.of("id", "customer"));
        for (String line : WordList.lines("words.csv")) {
            WordEntry entry = WordEntry.parse(line);
            String words = line.substring(0, line.indexOf(',')).replace("=", "").replace(' ', '_');
            int number = 0;
            for (TypeKind kind : new TreeSet<>(entry.types())) {
                boolean plain = kind != TypeKind.DECIMAL && kind != TypeKind.ARRAY;
                String name = number++ == 0 ? words : words + "_" + number;
                if (plain && seen.add(name)) {
                    draft.may(name, kind);
                }
            }
        }
    }
}
