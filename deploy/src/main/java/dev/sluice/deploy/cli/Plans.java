package dev.sluice.deploy.cli;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.CheckedDecisionPoint;
import dev.sluice.policy.decision.Plan;
import dev.sluice.policy.opa.WasmPolicyEngine;
import java.nio.file.Path;
import java.time.InstantSource;

/** Asks a policy folder once. */
final class Plans {

    private Plans() {}

    static Plan of(Path folder, DatasetId dataset, RowSchema schema, String consumer) {
        PolicyFolder loaded = PolicyFolder.load(folder);
        try (WasmPolicyEngine engine = WasmPolicyEngine.start(loaded)) {
            return new CheckedDecisionPoint(engine, loaded, consumer, InstantSource.system()).plan(dataset, schema);
        }
    }
}
