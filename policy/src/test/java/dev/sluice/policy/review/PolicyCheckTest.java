package dev.sluice.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.policy.FolderCopy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyCheckTest {

    private static final Instant AT = Instant.parse("2026-11-23T00:00:00Z");
    private static final String RULES = "rules/data.yaml";

    @Test
    void theSampleHasOnlyTheColumnThatNobodyClassified() {
        List<Finding> findings = PolicyCheck.run(FolderCopy.SAMPLE, AT);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.file()).isEqualTo("catalog/shop/public/customers/data.yaml");
            assertThat(finding.message()).startsWith("nickname is not described");
        });
    }

    @Test
    void findsRulesThatEndedAndRulesThatDecideNothing(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir)
                .append(
                        RULES,
                        """

                        for-a-while:
                          category: user.name
                          purposes: [analytics]
                          treatment: redact
                          why: "until the audit is over"
                          expires: "2026-11-22"

                        never:
                          category: user.contact.address.street
                          purposes: [analytics]
                          treatment: keep
                          why: "always loses"
                        """);

        List<Finding> findings = PolicyCheck.run(copy.root(), AT);

        assertThat(findings)
                .extracting(Finding::toString)
                .anyMatch(text -> text.startsWith(RULES + ":" + copy.lineOf(RULES, "for-a-while:") + " WARNING rule"
                        + " for-a-while expired on 2026-11-22"))
                .anyMatch(text -> text.startsWith(
                        RULES + ":" + copy.lineOf(RULES, "never:") + " WARNING rule never decides nothing"));
    }

    @Test
    void aRuleThatEndsLaterIsNoFinding(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir)
                .replace(RULES, "  why: \"reports by country\"\n", "  why: \"x\"\n  expires: \"2026-11-23\"\n");
        assertThat(PolicyCheck.run(copy.root(), AT)).hasSize(1);
        assertThat(PolicyCheck.run(copy.root(), Instant.parse("2026-11-24T00:00:00Z")))
                .hasSizeGreaterThan(1);
    }

    @Test
    void findsContradictionsAndCategoriesWithoutARule(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir)
                .append(
                        RULES,
                        """

                        other-pseudonym:
                          category: user.contact.email
                          purposes: [analytics]
                          treatment: hmac
                          params: {domain: other}
                          why: "contradicts"
                        """)
                .replace("catalog/shop/public/customers/data.yaml", "[user.name]", "[user.health]");

        List<String> findings =
                PolicyCheck.run(copy.root(), AT).stream().map(Finding::toString).toList();

        String file = "catalog/shop/public/customers/data.yaml";
        assertThat(findings)
                .anyMatch(text -> text.startsWith(file + ":" + copy.lineOf(file, "email:") + " ERROR email"))
                .anyMatch(text -> text.startsWith(file + ":" + copy.lineOf(file, "full_name:") + " WARNING full_name")
                        && text.contains("no rule for user.health"));
    }

    @Test
    void findsDecisionsThatTheGatewayWouldRefuse(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir)
                .replace(RULES, "  category: user.payment.card_number\n", "  category: user.payment.card_expiry\n");
        copy.append(
                RULES,
                """

                pan-gone:
                  category: user.payment.card_number
                  purposes: [analytics]
                  treatment: redact
                  why: "a key cannot be redacted"
                """);

        assertThat(PolicyCheck.run(copy.root(), AT))
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .contains("POL-005")
                        .contains("pan: redact (rule pan-gone) on a key field"));
    }

    @Test
    void missesAGoldenDecision(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir).delete("golden/shop.public.orders__lake-analytics.json");
        assertThat(PolicyCheck.run(copy.root(), AT))
                .extracting(Finding::toString)
                .anyMatch(text -> text.contains("orders/data.yaml") && text.contains("no golden decision"));
    }

    @Test
    void listsProblemsOfFormOnlyWhenThereAreAny(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir).append(RULES, "\nnames: {}\n");
        assertThat(PolicyCheck.run(copy.root(), AT))
                .allMatch(finding -> finding.severity() == Finding.Severity.ERROR)
                .anyMatch(finding -> finding.message().startsWith("duplicate key names"));
    }
}
