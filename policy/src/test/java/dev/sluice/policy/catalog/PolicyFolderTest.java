package dev.sluice.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.policy.FolderCopy;
import dev.sluice.policy.PolicyException;
import dev.sluice.policy.ShopSchemas;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyFolderTest {

    private static final String RULES = "rules/data.yaml";
    private static final String CUSTOMERS = "catalog/shop/public/customers/data.yaml";

    @TempDir
    private Path dir;

    @Test
    void theSampleHasNoFault() {
        PolicyFolder folder = PolicyFolder.load(FolderCopy.SAMPLE);
        assertThat(folder.datasets()).hasSize(6);
        assertThat(folder.rego().keySet()).containsExactly("lib/gate.rego");
        assertThat(folder.data()
                        .at("/catalog/shop/public/customers/subject/kind")
                        .asText())
                .isEqualTo("customer");
    }

    @Test
    void namesEveryFaultWithFileAndLine() {
        FolderCopy copy = FolderCopy.in(dir)
                .replace(RULES, "treatment: hmac\n  params:\n    domain: contact-email", "treatment: hmac")
                .replace(RULES, "treatment: drop", "treatment: shred")
                .replace(CUSTOMERS, "tags: [user.name]", "tags: [user.nmae]")
                .replace("consumers/data.yaml", "purpose: analytics.reporting", "purpose: analytics");

        assertThatThrownBy(() -> PolicyFolder.load(copy.root()))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("has 4 faults")
                .hasMessageContaining(RULES + ":" + copy.lineOf(RULES, "email-pseudonym:")
                        + ": POL-213 The treatment hmac needs the parameter domain.")
                .hasMessageContaining(RULES + ":" + copy.lineOf(RULES, "treatment: shred")
                        + ": POL-212 The treatment shred does not exist. Choose one of keep,")
                .hasMessageContaining(CUSTOMERS + ":" + copy.lineOf(CUSTOMERS, "tags: [user.nmae]")
                        + ": POL-211 The word user.nmae is not among the categories")
                .hasMessageContaining("consumers/data.yaml:3: POL-211 The word analytics is not among the purposes");
    }

    @Test
    void refusesUnknownKeysAndMissingOnes() {
        FolderCopy copy = FolderCopy.in(dir).replace(RULES, "  why: \"reports by country\"\n", "  becuase: \"x\"\n");
        assertThat(findings(copy))
                .containsExactlyInAnyOrder(
                        RULES + ":" + copy.lineOf(RULES, "country:")
                                + ": POL-209 The value of country lacks the key why. Add the key.",
                        RULES + ":" + copy.lineOf(RULES, "becuase:")
                                + ": POL-208 The key becuase means nothing here. Remove it, or write one of category,"
                                + " purposes, treatment, params, why, approved_by, expires.");
    }

    @Test
    void refusesToKeepASpecialCategoryWithoutApproval() {
        String rule = "\nhealth:\n  category: user.health\n  purposes: [analytics]\n  treatment: keep\n  why: \"x\"\n";
        assertThat(findings(FolderCopy.in(dir).append(RULES, rule)))
                .singleElement()
                .asString()
                .contains("keeps a special category without an approval. Add approved_by");
        assertThat(findings(FolderCopy.in(dir.resolve("2")).append(RULES, rule + "  approved_by: \"board\"\n")))
                .isEmpty();
        assertThat(findings(FolderCopy.in(dir.resolve("3")).append(RULES, rule.replace("user.health", "user"))))
                .as("a rule for everything below user covers it too")
                .hasSize(1);
    }

    @Test
    void refusesAPersonalTableWithoutASubject() {
        FolderCopy copy = FolderCopy.in(dir).replace(CUSTOMERS, "subject:\n  kind: customer\n  key: [id]\n", "");
        assertThat(findings(copy)).singleElement().asString().contains("the person cannot be erased");
    }

    @Test
    void refusesReferencesThatLeadNowhere() {
        String orders = "catalog/shop/public/orders/data.yaml";
        assertThat(findings(FolderCopy.in(dir).replace(orders, "field: id", "field: uid")))
                .containsExactly(
                        orders + ":13: POL-215 The table shop.public.customers has no field uid in the catalog."
                                + " Correct the name, or add the field to " + CUSTOMERS + ".");
        assertThat(findings(FolderCopy.in(dir.resolve("2"))
                        .replace(orders, "table: public.customers", "table: public.people")))
                .containsExactly(orders + ":12: POL-215 The table shop.public.people is not in the catalog."
                        + " Correct the name, or add catalog/shop/public/people/data.yaml.");
    }

    @Test
    void refusesFilesThatMeanNothing() {
        assertThat(findings(FolderCopy.in(dir).write("rule/data.yaml", "x: y\n")))
                .hasSize(1);
        assertThat(findings(FolderCopy.in(dir.resolve("2")).write("rules/more.yaml", "x: y\n")))
                .hasSize(1);
        assertThat(findings(FolderCopy.in(dir.resolve("3")).write("custom/own.rego", "package x\n")))
                .hasSize(1);
    }

    @Test
    void refusesAFolderWithoutRules() {
        assertThat(findings(FolderCopy.in(dir).delete(RULES)))
                .contains(RULES + ": POL-202 The file is missing. Add it; policy/sample shows its form.");
        assertThatThrownBy(() -> PolicyFolder.load(dir.resolve("nowhere"))).hasMessageContaining("POL-001");
    }

    @Test
    void refusesTheIdsThatTheLibraryAnswersWith() {
        assertThat(findings(FolderCopy.in(dir).replace(RULES, "country:\n", "no-rule:\n")))
                .singleElement()
                .asString()
                .contains("uses the rule id no-rule. Choose another id.");
    }

    @Test
    void hasTheSameRevisionForTheSameContentOnly() {
        PolicyFolder sample = PolicyFolder.load(FolderCopy.SAMPLE);
        FolderCopy copy = FolderCopy.in(dir);
        PolicyFolder same = PolicyFolder.load(copy.root());
        assertThat(same.policyRevision()).isEqualTo(sample.policyRevision()).matches("sha256:[0-9a-f]{64}");
        assertThat(same.catalogRevision()).isEqualTo(sample.catalogRevision());

        PolicyFolder described = PolicyFolder.load(
                copy.append(CUSTOMERS, "  nickname:\n    tags: [user.name]\n").root());
        assertThat(described.policyRevision()).isEqualTo(sample.policyRevision());
        assertThat(described.catalogRevision()).isNotEqualTo(sample.catalogRevision());

        PolicyFolder rego =
                PolicyFolder.load(copy.append("lib/gate.rego", "\n# x\n").root());
        assertThat(rego.policyRevision()).isNotEqualTo(sample.policyRevision());
    }

    @Test
    void knowsWhatTheGatewayChecksAgainst() {
        PolicyFolder folder = PolicyFolder.load(FolderCopy.SAMPLE);
        assertThat(folder.special("user.health")).isTrue();
        assertThat(folder.special("user.health.allergy")).isTrue();
        assertThat(folder.special("user.healthy")).isFalse();
        assertThat(folder.approved("surrogate-ids")).isTrue();
        assertThat(folder.approved("country")).isFalse();
        assertThat(folder.entry(ShopSchemas.dataset("orders")).orElseThrow().references())
                .containsKey("customer_id");
        assertThat(folder.entry(ShopSchemas.dataset("nothing"))).isEmpty();
    }

    private static List<String> findings(FolderCopy copy) {
        List<Finding> findings = new ArrayList<>();
        PolicyFolder.read(copy.root(), findings);
        return findings.stream().map(Finding::toString).toList();
    }
}
