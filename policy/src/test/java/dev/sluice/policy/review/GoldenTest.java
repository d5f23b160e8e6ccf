package dev.sluice.policy.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.RowSchema;
import dev.sluice.policy.FolderCopy;
import dev.sluice.policy.PolicyException;
import dev.sluice.policy.ShopSchemas;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.decision.DecisionInput;
import dev.sluice.policy.decision.PolicyEngine;
import dev.sluice.policy.opa.WasmPolicyEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GoldenTest {

    private static final Instant AT = Instant.parse("2026-11-23T00:00:00Z");

    /** To write the files for new tables: {@code -Dsluice.golden.write=true}, then review the difference. */
    @Test
    void everyTableOfTheShopHasOne() {
        PolicyFolder folder = PolicyFolder.load(FolderCopy.SAMPLE);
        if (Boolean.getBoolean("sluice.golden.write")) {
            try (PolicyEngine engine = WasmPolicyEngine.start(folder)) {
                ShopSchemas.all().forEach((dataset, schema) -> Golden.of(input(folder, dataset, schema), engine)
                        .write(FolderCopy.SAMPLE));
            }
        }
        List<Golden> all = Golden.all(FolderCopy.SAMPLE);
        assertThat(all).hasSize(ShopSchemas.all().size());
        for (Map.Entry<DatasetId, RowSchema> table : ShopSchemas.all().entrySet()) {
            assertThat(all).extracting(Golden::input).contains(input(folder, table.getKey(), table.getValue()));
        }
    }

    @Test
    void readsBackTheSchemaThatWasAskedFor() {
        for (Golden golden : Golden.all(FolderCopy.SAMPLE)) {
            RowSchema asked = ShopSchemas.all().get(golden.dataset());
            assertThat(golden.schema().fingerprint()).isEqualTo(asked.fingerprint());
        }
    }

    @Test
    void refusesAFileOfAnotherForm(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir).write("golden/x.json", "{\"input\": {}, \"input\": {}}");
        assertThatThrownBy(() -> Golden.all(copy.root()))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("golden/x.json:1");
    }

    private static ObjectNode input(PolicyFolder folder, DatasetId dataset, RowSchema schema) {
        return DecisionInput.of(dataset, schema, folder.consumer("lake-analytics"), AT);
    }
}
