package dev.sluice.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.policy.FolderCopy;
import dev.sluice.policy.ShopSchemas;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.CheckedDecisionPoint;
import dev.sluice.policy.decision.PolicyEngine;
import dev.sluice.policy.opa.WasmPolicyEngine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanTableTest {

    @Test
    void showsTreatmentAndTheReviewedLine() {
        PolicyFolder folder = PolicyFolder.load(FolderCopy.SAMPLE);
        try (PolicyEngine engine = WasmPolicyEngine.start(folder)) {
            CheckedDecisionPoint point = new CheckedDecisionPoint(
                    engine, folder, "lake-analytics", InstantSource.fixed(Instant.parse("2026-11-23T00:00:00Z")));
            List<PlanRow> rows = PlanTable.rows(point.plan(ShopSchemas.dataset("customers"), ShopSchemas.customers()));

            assertThat(rows).hasSize(14);
            int line = FolderCopy.sample().lineOf("rules/data.yaml", "birth-year:");
            assertThat(rows)
                    .contains(
                            new PlanRow(
                                    "birth_date",
                                    "date",
                                    "user.demographic.date_of_birth",
                                    "generalize",
                                    "part=year",
                                    "int32",
                                    "birth-year",
                                    "rules/data.yaml:" + line),
                            new PlanRow(
                                    "nickname", "text", "", "quarantine", "", "text", "unclassified", "lib/gate.rego"));
            assertThat(rows.get(0).field()).isEqualTo("id*");
            assertThat(rows.get(5).output()).isEqualTo("-");
            assertThat(rows.get(0).cells()).hasSameSizeAs(PlanTable.COLUMNS);
        }
    }
}
