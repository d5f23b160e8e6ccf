package dev.sluice.deploy.ask;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.DeployException;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.CheckedDecisionPoint;
import dev.sluice.policy.opa.WasmPolicyEngine;
import dev.sluice.policy.review.Golden;
import dev.sluice.policy.review.PlanRow;
import dev.sluice.policy.review.PlanTable;
import dev.sluice.policy.review.PolicyCheck;
import dev.sluice.policy.review.PolicyTestResult;
import dev.sluice.policy.review.PolicyTests;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Answers questions about a policy folder.
 *
 * @param folder the policy folder
 */
public record PolicyAnswers(Path folder) {

    /** Every problem of the folder with file and line. */
    public List<Finding> check() {
        return PolicyCheck.run(folder);
    }

    /** The results of the folder's tests. */
    public List<PolicyTestResult> tests() {
        return PolicyTests.run(folder);
    }

    /**
     * What happens to every field of a dataset, and which rule says so.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-455} when the folder has no recorded schema of the dataset
     */
    public List<PlanRow> plan(String dataset, String consumer) {
        List<Golden> all = Golden.all(folder);
        Golden recorded = all.stream()
                .filter(g -> g.dataset().topic().equals(dataset) && g.consumer().equals(consumer))
                .findFirst()
                .orElseThrow(() -> notRecorded(dataset, consumer, all));
        PolicyFolder loaded = PolicyFolder.load(folder);
        try (WasmPolicyEngine engine = WasmPolicyEngine.start(loaded)) {
            return PlanTable.rows(new CheckedDecisionPoint(engine, loaded, consumer, InstantSource.system())
                    .plan(recorded.dataset(), recorded.schema()));
        }
    }

    private DeployException notRecorded(String dataset, String consumer, List<Golden> all) {
        boolean described = PolicyFolder.load(folder).datasets().stream()
                .anyMatch(one -> one.topic().equals(dataset));
        List<String> recorded = all.stream()
                .map(g -> g.dataset().topic() + " for " + g.consumer())
                .toList();
        return AskErrors.noRecordedSchema(dataset, consumer, described, recorded);
    }
}
