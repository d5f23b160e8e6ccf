package dev.sluice.policy.propose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.event.DataType.TypeKind;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.policy.propose.CatalogProposer.ProposedCatalog;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogProposerTest {

    private static final TableDraft CUSTOMERS = TableDraft.of("customers")
            .key("id", TypeKind.INT64)
            .must("name", TypeKind.TEXT)
            .may("email", TypeKind.TEXT);
    private static final TableDraft EMPLOYEES = TableDraft.of("employees")
            .key("id", TypeKind.INT32)
            .may("manager_id", TypeKind.INT32)
            .link("manager_id", "employees", "id");

    @Test
    void aTableOfPeopleIsAboutItsRows() {
        ProposedTable customers = table("customers", CUSTOMERS);

        assertThat(subject(customers)).isEqualTo("customer [id]");
        assertThat(tags(customers)).isEqualTo("id=user.unique_id name=user.name email=user.contact.email");
    }

    @Test
    void aPersonThatPointsToItsOwnTableStaysItself() {
        ProposedTable employees = table("employees", EMPLOYEES);

        assertThat(subject(employees)).isEqualTo("employee [id]");
        assertThat(tags(employees)).isEqualTo("id=user.unique_id manager_id=user.unique_id");
    }

    @Test
    void aForeignKeyNamesThePersonAndJoins() {
        ProposedTable orders = table(
                "orders",
                CUSTOMERS,
                TableDraft.of("orders")
                        .key("id", TypeKind.INT64)
                        .must("customer_id", TypeKind.INT64)
                        .may("note", TypeKind.TEXT)
                        .may("status", TypeKind.TEXT)
                        .link("customer_id", "customers", "id"));

        assertThat(subject(orders)).isEqualTo("customer [customer_id]");
        assertThat(tags(orders))
                .isEqualTo("id=system.identifier customer_id=user.unique_id note=user.content.private status=-");
        assertThat(field(orders, "customer_id").reference().orElseThrow().field())
                .isEqualTo("id");
    }

    @Test
    void withoutAPersonPersonalColumnsStayHidden() {
        ProposedTable letters = table(
                "newsletter",
                TableDraft.of("newsletter").key("id", TypeKind.INT64).must("email", TypeKind.TEXT));

        assertThat(letters.subject()).isEmpty();
        assertThat(tags(letters)).isEqualTo("id=system.identifier email=-");
        assertThat(field(letters, "email").proposal().reason())
                .isEqualTo("the column name looks like e-mail address, but no key says about which person a row is");
    }

    @Test
    void ofSeveralPersonsTheOneThatIsServedIsProposedAndToBeConfirmed() {
        ProposedTable orders = table(
                "orders",
                CUSTOMERS,
                EMPLOYEES,
                TableDraft.of("orders")
                        .key("id", TypeKind.INT64)
                        .must("clerk_id", TypeKind.INT32)
                        .must("customer_id", TypeKind.INT64)
                        .link("clerk_id", "employees", "id")
                        .link("customer_id", "customers", "id"));

        assertThat(subject(orders)).isEqualTo("customer [customer_id]");
        assertThat(orders.subject().orElseThrow().reason()).contains("clerk_id (employee)", "confirm");
        assertThat(tags(orders)).isEqualTo("id=system.identifier clerk_id=user.unique_id customer_id=user.unique_id");
    }

    @Test
    void amongEqualKindsTheOneThatIsAlwaysThereIsProposed() {
        ProposedTable messages = table(
                "messages",
                CUSTOMERS,
                TableDraft.of("messages")
                        .key("id", TypeKind.INT64)
                        .may("reply_to", TypeKind.INT64)
                        .must("sender", TypeKind.INT64)
                        .link("reply_to", "customers", "id")
                        .link("sender", "customers", "id"));

        assertThat(subject(messages)).isEqualTo("customer [sender]");
    }

    @Test
    void aForeignKeyToAnotherFieldOfAPersonNamesNoOne() {
        ProposedTable logins = table(
                "logins",
                CUSTOMERS,
                TableDraft.of("logins")
                        .key("id", TypeKind.INT64)
                        .must("email", TypeKind.TEXT)
                        .link("email", "customers", "email"));

        assertThat(logins.subject()).isEmpty();
        assertThat(tags(logins)).isEqualTo("id=system.identifier email=-");
    }

    @Test
    void aTableThatExtendsAPersonIsAboutThatPerson() {
        TableDraft profiles = TableDraft.of("customer_profiles")
                .key("customer_id", TypeKind.INT64)
                .may("bio", TypeKind.TEXT)
                .link("customer_id", "customers", "id");
        ProposedTable photos = table(
                "photos",
                CUSTOMERS,
                profiles,
                TableDraft.of("photos")
                        .key("id", TypeKind.INT64)
                        .must("profile", TypeKind.INT64)
                        .link("profile", "customer_profiles", "customer_id"));

        assertThat(subject(photos)).isEqualTo("customer [profile]");
    }

    @Test
    void aKeyOfSeveralFieldsNamesThePersonInItsOrder() {
        TableDraft tenants = TableDraft.of("tenants").key("id", TypeKind.INT32);
        TableDraft members = TableDraft.of("members")
                .key("tenant_id", TypeKind.INT32)
                .key("no", TypeKind.INT32)
                .link("tenant_id", "tenants", "id");
        TableDraft visits = TableDraft.of("visits")
                .key("id", TypeKind.INT64)
                .must("member_no", TypeKind.INT32)
                .must("tenant", TypeKind.INT32)
                .link(List.of("member_no", "tenant"), "members", List.of("no", "tenant_id"))
                .link("tenant", "tenants", "id");

        assertThat(subject(table("members", tenants, members, visits))).isEqualTo("member [tenant_id, no]");
        ProposedTable proposed = table("visits", tenants, members, visits);
        assertThat(subject(proposed)).isEqualTo("member [tenant, member_no]");
        assertThat(tags(proposed)).isEqualTo("id=system.identifier member_no=user.unique_id tenant=system.identifier");
        assertThat(field(proposed, "tenant").reference().orElseThrow().table().table())
                .isEqualTo("tenants");
    }

    @Test
    void aPartitionIsCalledAsItsTable() {
        ProposedTable part = table(
                "p2024",
                TableDraft.of("p2024")
                        .partOf("patients")
                        .key("id", TypeKind.INT64)
                        .may("vorname", TypeKind.TEXT));

        assertThat(subject(part)).isEqualTo("patient [id]");
        assertThat(tags(part)).contains("vorname=user.name");
    }

    @Test
    void aKeyNeverGetsATagWhoseRuleBreaksIt() {
        ProposedTable people = table(
                "people", TableDraft.of("people").key("phone", TypeKind.TEXT).must("name", TypeKind.TEXT));

        assertThat(tags(people)).isEqualTo("phone=user.unique_id name=user.name");
        ProposedTable numbers = table(
                "numbers",
                CUSTOMERS,
                TableDraft.of("numbers")
                        .key("phone", TypeKind.TEXT)
                        .must("customer_id", TypeKind.INT64)
                        .link("customer_id", "customers", "id"));
        assertThat(tags(numbers)).isEqualTo("phone=- customer_id=user.unique_id");
    }

    @Test
    void aTextKeyOfAThingStaysHiddenAndSoDoesWhatPointsToIt() {
        TableDraft products = TableDraft.of("products").key("sku", TypeKind.TEXT);
        TableDraft stock = TableDraft.of("stock").key("sku", TypeKind.TEXT).link("sku", "products", "sku");
        TableDraft sales = TableDraft.of("sales")
                .key("id", TypeKind.INT64)
                .must("sku", TypeKind.TEXT)
                .link("sku", "products", "sku");

        assertThat(tags(table("stock", products, stock, sales))).isEqualTo("sku=-");
        assertThat(field(table("stock", products, stock, sales), "sku").reference())
                .isEmpty();
        assertThat(field(table("sales", products, stock, sales), "sku").reference())
                .isPresent();
    }

    @Test
    void foreignKeysInACircleEnd() {
        TableDraft hens = TableDraft.of("hens").key("egg", TypeKind.INT64).link("egg", "eggs", "hen");
        TableDraft eggs = TableDraft.of("eggs").key("hen", TypeKind.INT64).link("hen", "hens", "egg");

        assertThat(tags(table("hens", hens, eggs))).isEqualTo("egg=-");
        assertThat(tags(table("eggs", hens, eggs))).isEqualTo("hen=-");
    }

    @Test
    void aTableWhoseKeyCanGetNoPseudonymIsLeftOut() {
        ProposedCatalog catalog = propose(
                CUSTOMERS,
                TableDraft.of("readings").key("reading", TypeKind.FLOAT64),
                TableDraft.of("marks")
                        .key("id", TypeKind.INT64)
                        .must("reading", TypeKind.FLOAT64)
                        .link("reading", "readings", "reading"));

        assertThat(catalog.leftOut()).extracting(Finding::code).containsExactly("POL-230");
        assertThat(catalog.tables()).extracting(table -> table.name().table()).containsExactly("customers", "marks");
        assertThat(field(catalog.tables().get(1), "reading").reference()).isEmpty();
    }

    @Test
    void countsWhatIsClassified() {
        ProposedCatalog catalog = propose(CUSTOMERS, TableDraft.of("blobs").key("id", TypeKind.TEXT));

        assertThat(catalog.fields()).isEqualTo(4);
        assertThat(catalog.classified()).isEqualTo(3);
    }

    private static ProposedCatalog propose(TableDraft... drafts) {
        return CatalogProposer.propose(
                WordClassifier.standard(),
                Stream.of(drafts).map(TableDraft::table).toList());
    }

    private static ProposedTable table(String name, TableDraft... drafts) {
        return propose(drafts).tables().stream()
                .filter(table -> table.name().table().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ProposedField field(ProposedTable table, String name) {
        return table.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String subject(ProposedTable table) {
        return table.subject()
                .map(subject -> subject.kind() + " " + subject.key())
                .orElse("-");
    }

    private static String tags(ProposedTable table) {
        return String.join(
                " ",
                table.fields().stream()
                        .map(field ->
                                field.name() + "=" + field.proposal().tag().orElse("-"))
                        .toList());
    }
}
