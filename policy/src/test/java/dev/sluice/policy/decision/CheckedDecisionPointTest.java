package dev.sluice.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cdc.event.DataType;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.policy.FolderCopy;
import dev.sluice.policy.PolicyException;
import dev.sluice.policy.ShopSchemas;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.opa.WasmPolicyEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckedDecisionPointTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:34:56Z");
    private static final DatasetId CUSTOMERS = ShopSchemas.dataset("customers");

    private static PolicyFolder folder;
    private static PolicyEngine engine;

    @BeforeAll
    static void start() {
        folder = PolicyFolder.load(FolderCopy.SAMPLE);
        engine = WasmPolicyEngine.start(folder);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void plansEveryTableOfTheShopWithEveryTreatment() {
        CheckedDecisionPoint point = point(engine, folder);
        java.util.Set<Treatment.Kind> used = new java.util.HashSet<>();
        ShopSchemas.all().forEach((dataset, schema) -> {
            Plan plan = point.plan(dataset, schema);
            plan.fields().forEach(field -> used.add(field.treatment().kind()));
            assertThat(plan.subject().isPresent()).isEqualTo(!dataset.table().equals("order_items"));
        });
        assertThat(used).containsExactlyInAnyOrder(Treatment.Kind.values());
    }

    @Test
    void namesTheReviewedLine() {
        Plan plan = point(engine, folder).plan(CUSTOMERS, ShopSchemas.customers());

        PlannedField email = plan.fields().get(2);
        assertThat(email.treatment()).isEqualTo(Treatment.hmac("contact-email"));
        assertThat(email.category()).isEqualTo("user.contact.email");
        assertThat(email.rule())
                .isEqualTo(new RuleRef(
                        "email-pseudonym",
                        "rules/data.yaml",
                        FolderCopy.sample().lineOf("rules/data.yaml", "email-pseudonym:")));
        assertThat(plan.subject()).contains(new SubjectPath("customer", List.of("id"), true));
        assertThat(plan.output().indexOf("street")).isEqualTo(-1);
        assertThat(plan.purpose()).isEqualTo("analytics.reporting");
        assertThat(plan.revisions().engine()).startsWith("opa-wasm 1.9.0 sha256:");
    }

    @Test
    void tellsPeopleFromTheirBelongings() {
        CheckedDecisionPoint point = point(engine, folder);
        List<String> people = new java.util.ArrayList<>();
        ShopSchemas.all().forEach((dataset, schema) -> point.plan(dataset, schema)
                .subject()
                .filter(SubjectPath::rowIsPerson)
                .ifPresent(path -> people.add(dataset.table())));
        assertThat(people).containsExactly("customers");
    }

    @Test
    void aRowIsThePersonWhenItsKeyNamesThePersonAndPointsNowhereElse() {
        DatasetId own = ShopSchemas.dataset("profiles");
        SubjectPath path = new SubjectPath("customer", List.of("id"));
        RowSchema one =
                new ShopSchemas.Fields().key("id", DataType.TypeKind.INT64).schema();
        RowSchema two = new ShopSchemas.Fields()
                .key("id", DataType.TypeKind.INT64)
                .key("line", DataType.TypeKind.TEXT)
                .schema();
        Map<String, Catalog.Reference> away = Map.of("id", new Catalog.Reference(CUSTOMERS, "id"));
        Map<String, Catalog.Reference> home = Map.of("id", new Catalog.Reference(own, "id"));

        assertThat(new Catalog.Entry(Map.of(), Map.of(), path).rowIsPerson(own, one))
                .isTrue();
        assertThat(new Catalog.Entry(Map.of(), home, path).rowIsPerson(own, one))
                .isTrue();
        assertThat(new Catalog.Entry(Map.of(), Map.of(), path).rowIsPerson(own, two))
                .isFalse();
        assertThat(new Catalog.Entry(Map.of(), away, path).rowIsPerson(own, one))
                .as("the row of another table that this one belongs to")
                .isFalse();
        assertThat(new Catalog.Entry(Map.of(), Map.of(), null).rowIsPerson(own, one))
                .isFalse();
    }

    @Test
    void remembersThePlanAndAsksOnceMoreForAnotherSchema() {
        AtomicInteger asked = new AtomicInteger();
        CheckedDecisionPoint point = point(changed(answer -> asked.incrementAndGet()), folder);

        Plan first = point.plan(CUSTOMERS, ShopSchemas.customers());
        assertThat(point.plan(CUSTOMERS, ShopSchemas.customers())).isSameAs(first);
        assertThat(asked).hasValue(1);

        RowSchema before = RowSchema.of(ShopSchemas.customers().fields().subList(0, 12));
        assertThat(point.plan(CUSTOMERS, before).planId()).isNotEqualTo(first.planId());
        assertThat(asked).hasValue(2);
    }

    @Test
    void givesTheSamePlanIdAfterARestartOnAnotherDay() {
        Plan first = point(engine, folder).plan(CUSTOMERS, ShopSchemas.customers());
        Plan later = new CheckedDecisionPoint(
                        engine,
                        PolicyFolder.load(FolderCopy.SAMPLE),
                        "lake-analytics",
                        InstantSource.fixed(AT.plusSeconds(90_000)))
                .plan(CUSTOMERS, ShopSchemas.customers());
        assertThat(later).isEqualTo(first);
        assertThat(first.planId()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void givesAnotherPlanIdForAnotherRevision(@TempDir Path dir) {
        PolicyFolder other = PolicyFolder.load(
                FolderCopy.in(dir).append("rules/data.yaml", "# reviewed\n").root());
        Plan first = point(engine, folder).plan(CUSTOMERS, ShopSchemas.customers());
        Plan second = point(engine, other).plan(CUSTOMERS, ShopSchemas.customers());
        assertThat(second.revisions().policy()).isNotEqualTo(first.revisions().policy());
        assertThat(second.revisions().catalog()).isEqualTo(first.revisions().catalog());
        assertThat(second.planId()).isNotEqualTo(first.planId());
    }

    @Test
    void aTableWithoutDescriptionIsQuarantinedAndItsKeyGetsAPseudonym() {
        DatasetId unknown = new DatasetId("shop", "public", "audit_trail");
        RowSchema schema = new ShopSchemas.Fields()
                .key("id", DataType.TypeKind.INT64)
                .add("text", DataType.TypeKind.TEXT)
                .schema();

        Plan plan = point(engine, folder).plan(unknown, schema);

        assertThat(plan.fields())
                .extracting(PlannedField::treatment)
                .containsExactly(Treatment.hmac("own:shop.public.audit_trail"), Treatment.QUARANTINED);
        assertThat(plan.subject()).isEmpty();
    }

    @Test
    void refusesAnAnswerThatIsNotTotal() {
        refused(fields(answer -> answer.remove("email")), "email: The decision leaves the field out.");
        refused(fields(answer -> answer.set("ghost", answer.get("email"))), "ghost: The schema has no such field.");
    }

    @Test
    void refusesAnAnswerThatItDoesNotUnderstand() {
        refused(
                field("email", answer -> answer.put("treatment", "publish")),
                "email: The treatment publish does not exist.");
        refused(field("email", answer -> answer.put("when", "later")), "email: The key when is unknown.");
        refused(field("email", answer -> answer.remove("params")), "email: The key params is missing.");
        refused(field("email", answer -> answer.put("rule", "made-up")), "email: The rule made-up does not exist.");
        refused(changed(answer -> answer.put("obligations", "none")), "decision: The key obligations is unknown.");
    }

    @Test
    void refusesATreatmentThatDoesNotFitAndNamesAllViolationsTogether() {
        PolicyEngine wrong = fields(answer -> {
            answer.withObjectProperty("id").put("treatment", "encrypt");
            answer.withObjectProperty("email").withObjectProperty("params").removeAll();
            answer.withObjectProperty("prefs").put("treatment", "generalize");
        });
        assertThatThrownBy(() -> point(wrong, folder).plan(CUSTOMERS, ShopSchemas.customers()))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("POL-005")
                .hasMessageContaining("id: The rule surrogate-ids puts encrypt on a key field")
                .hasMessageContaining("email: The treatment hmac needs the parameter domain.")
                .hasMessageContaining("prefs: The treatment generalize");
    }

    @Test
    void refusesToKeepAnUnclassifiedField() {
        refused(
                field("nickname", answer -> answer.put("treatment", "keep").put("rule", "country")),
                "nickname: The treatment keep is not allowed on an unclassified field.");
    }

    @Test
    void refusesAnotherSubjectThanTheCatalogs() {
        refused(changed(answer -> answer.putNull("subject")), "another subject");
        refused(changed(answer -> answer.withObjectProperty("subject").put("kind", "employee")), "another subject");
    }

    @Test
    void refusesASchemaWithoutTheSubjectField() {
        RowSchema schema = new ShopSchemas.Fields()
                .key("id", DataType.TypeKind.INT64)
                .add("note", DataType.TypeKind.TEXT)
                .schema();
        assertThatThrownBy(() -> point(engine, folder).plan(ShopSchemas.dataset("orders"), schema))
                .hasMessageContaining("subject: The field customer_id is not in the schema.");
    }

    @Test
    void refusesAForeignKeyThatCouldNotBeJoined() {
        PolicyEngine wrong = changed(answer -> {
            JsonNode id = answer.at("/fields/customer_id");
            if (id instanceof ObjectNode field) {
                field.put("treatment", "hmac").withObjectProperty("params").put("domain", "elsewhere");
            }
        });
        DatasetId orders = ShopSchemas.dataset("orders");
        assertThatThrownBy(() ->
                        point(wrong, folder).plan(orders, ShopSchemas.all().get(orders)))
                .hasMessageContaining("customer_id: The field points to shop.public.customers.id, which gets keep{}");
    }

    @Test
    void refusesToMakeTwoKeysOne() {
        DatasetId cards = ShopSchemas.dataset("payment_cards");
        PolicyEngine wrong =
                field("pan", answer -> answer.withObjectProperty("params").put("normalize", "trim"));
        assertThatThrownBy(
                        () -> point(wrong, folder).plan(cards, ShopSchemas.all().get(cards)))
                .hasMessageContaining("pan: The parameter normalize is not allowed on a key field");
    }

    @Test
    void refusesToEncryptWithoutAPerson() {
        DatasetId items = ShopSchemas.dataset("order_items");
        PolicyEngine wrong = field("quantity", answer -> answer.put("treatment", "encrypt"));
        assertThatThrownBy(
                        () -> point(wrong, folder).plan(items, ShopSchemas.all().get(items)))
                .hasMessageContaining("quantity: The treatment encrypt needs the key of a person");
    }

    @Test
    void holdsADatasetThatPolicyDenies() {
        PolicyEngine denying = changed(answer -> answer.put("allow", false));
        assertThatThrownBy(() -> point(denying, folder).plan(CUSTOMERS, ShopSchemas.customers()))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("POL-004");
    }

    @Test
    void refusesAnUnknownConsumer() {
        assertThatThrownBy(() -> new CheckedDecisionPoint(engine, folder, "nobody", InstantSource.fixed(AT)))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("POL-003");
    }

    @Test
    void decidesAnewWhenATemporaryRuleEnded(@TempDir Path dir) {
        PolicyFolder temporary = PolicyFolder.load(FolderCopy.in(dir)
                .replace(
                        "rules/data.yaml",
                        "  why: \"reports by country\"\n",
                        "  why: \"x\"\n  expires: \"2026-11-23\"\n")
                .root());
        try (PolicyEngine own = WasmPolicyEngine.start(temporary)) {
            AtomicReference<Instant> time = new AtomicReference<>(AT);
            CheckedDecisionPoint point = new CheckedDecisionPoint(own, temporary, "lake-analytics", time::get);
            Plan today = point.plan(CUSTOMERS, ShopSchemas.customers());
            time.set(Instant.parse("2026-11-23T23:59:59.999Z"));
            assertThat(point.plan(CUSTOMERS, ShopSchemas.customers())).isSameAs(today);

            time.set(Instant.parse("2026-11-24T00:00:00Z"));
            Plan tomorrow = point.plan(CUSTOMERS, ShopSchemas.customers());

            assertThat(country(today)).isEqualTo(Treatment.of(Treatment.Kind.KEEP));
            assertThat(country(tomorrow)).isEqualTo(Treatment.QUARANTINED);
            assertThat(tomorrow.planId()).isNotEqualTo(today.planId());
        }
    }

    @Test
    void aPlanTravels() throws Exception {
        Plan plan = point(engine, folder).plan(CUSTOMERS, ShopSchemas.customers());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(plan);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(plan);
        }
    }

    private static Treatment country(Plan plan) {
        return plan.fields().get(plan.schema().indexOf("country")).treatment();
    }

    private static void refused(PolicyEngine wrong, String message) {
        assertThatThrownBy(() -> point(wrong, folder).plan(CUSTOMERS, ShopSchemas.customers()))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("POL-005")
                .hasMessageContaining(message);
    }

    private static CheckedDecisionPoint point(PolicyEngine asked, PolicyFolder catalog) {
        return new CheckedDecisionPoint(asked, catalog, "lake-analytics", InstantSource.fixed(AT));
    }

    private static PolicyEngine field(String name, Consumer<ObjectNode> change) {
        return fields(answer -> {
            if (answer.get(name) instanceof ObjectNode field) {
                change.accept(field);
            }
        });
    }

    private static PolicyEngine fields(Consumer<ObjectNode> change) {
        return changed(answer -> change.accept(answer.withObjectProperty("fields")));
    }

    /** The real engine with its answer changed. */
    private static PolicyEngine changed(Consumer<ObjectNode> change) {
        return new PolicyEngine() {
            @Override
            public JsonNode evaluate(JsonNode input) {
                ObjectNode answer = engine.evaluate(input).deepCopy();
                change.accept(answer);
                return answer;
            }

            @Override
            public String engine() {
                return "changed";
            }

            @Override
            public void close() {}
        };
    }
}
