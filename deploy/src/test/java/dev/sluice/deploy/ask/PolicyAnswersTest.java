package dev.sluice.deploy.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.event.DatasetId;
import dev.sluice.policy.propose.StarterFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody is told who asks about a folder as {@code sluice init} writes it. */
class PolicyAnswersTest {

    private static final DatasetId DRAFTED = new DatasetId("shop", "public", "customers");

    @TempDir
    private Path folder;

    @BeforeEach
    void draft() throws IOException {
        for (Map.Entry<String, String> file :
                StarterFolder.files(DRAFTED.source(), List.of()).entrySet()) {
            write(file.getKey(), file.getValue());
        }
        write("catalog/shop/public/customers/data.yaml", "owner: unassigned\nfields:\n  id:\n    tags: []\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void saysHowAPlanOfADraftedDatasetIsSeen() {
        assertThatThrownBy(() -> new PolicyAnswers(folder).plan(DRAFTED.topic(), StarterFolder.CONSUMER))
                .hasMessageContaining("DEP-455 ")
                .hasMessageContaining("describes shop.public.customers")
                .hasMessageContaining("sluice run -f pipeline.yaml")
                .hasMessageContaining("sluice lineage record")
                .hasMessageContaining("golden/shop.public.customers__lake-analytics.json");
    }

    @Test
    void saysThatADatasetIsNotDescribed() {
        assertThatThrownBy(() -> new PolicyAnswers(folder).plan("shop.public.none", StarterFolder.CONSUMER))
                .hasMessageContaining("DEP-455 ")
                .hasMessageContaining("does not describe shop.public.none")
                .hasMessageContaining("There is [].");
    }

    @Test
    void aRuleOfTheDraftThatWaitsForAFieldMayStay() {
        assertThat(new PolicyAnswers(folder).check())
                .filteredOn(finding -> finding.code().equals("POL-226"))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.fix()).startsWith("Keep a rule that waits for such fields"));
    }
}
