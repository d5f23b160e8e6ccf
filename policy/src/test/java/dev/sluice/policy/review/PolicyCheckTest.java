package dev.sluice.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.policy.FolderCopy;
import dev.sluice.policy.PolicyCheckCode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyCheckTest {

    private static final Instant AT = Instant.parse("2026-11-23T00:00:00Z");
    private static final String RULES = "rules/data.yaml";

    @Test
    void theSampleHasOneColumnWithoutTags() {
        List<Finding> findings = PolicyCheck.run(FolderCopy.SAMPLE, AT);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
            assertThat(finding.code()).isEqualTo(PolicyCheckCode.NOT_DESCRIBED.code());
            assertThat(finding.place().name()).isEqualTo("catalog/shop/public/customers/data.yaml");
            assertThat(finding.what()).startsWith("The field nickname is not described");
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
                .anyMatch(text -> text.startsWith(RULES + ":" + copy.lineOf(RULES, "for-a-while:") + ": "
                        + PolicyCheckCode.EXPIRED.code() + " The rule for-a-while expired on 2026-11-22."))
                .anyMatch(text -> text.startsWith(RULES + ":" + copy.lineOf(RULES, "never:") + ": "
                        + PolicyCheckCode.DECIDES_NOTHING.code() + " The rule never decides no field"));
        assertThat(findings).noneMatch(Finding::fails);
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

        List<Finding> findings = PolicyCheck.run(copy.root(), AT);

        String file = "catalog/shop/public/customers/data.yaml";
        assertThat(findings)
                .filteredOn(finding -> finding.code().equals(PolicyCheckCode.CONFLICT.code()))
                .anyMatch(finding -> finding.fails() && finding.what().contains("the field email is quarantined"))
                .allMatch(finding -> finding.place().equals(new Place(file, copy.lineOf(file, "email:"))));
        assertThat(findings)
                .filteredOn(finding -> finding.code().equals(PolicyCheckCode.NO_RULE.code()))
                .anyMatch(finding -> finding.place().equals(new Place(file, copy.lineOf(file, "full_name:")))
                        && finding.what().startsWith("No rule for user.health")
                        && finding.level() == Finding.Level.WARN);
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
                .filteredOn(Finding::fails)
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .contains("POL-005")
                        .contains("pan: The rule pan-gone puts redact on a key field"));
    }

    @Test
    void missesAGoldenDecision(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir).delete("golden/shop.public.orders__lake-analytics.json");
        assertThat(PolicyCheck.run(copy.root(), AT))
                .extracting(Finding::toString)
                .anyMatch(text -> text.contains("orders/data.yaml") && text.contains("There is no golden decision"));
    }

    @Test
    void listsFaultsOfFormOnlyWhenThereAreAny(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir).append(RULES, "\nnames: {}\n");
        assertThat(PolicyCheck.run(copy.root(), AT)).allMatch(Finding::fails).anyMatch(finding -> finding.what()
                .startsWith("The key names stands twice"));
    }
}
