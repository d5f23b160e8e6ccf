package dev.sluice.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.policy.FolderCopy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyTestsTest {

    @Test
    void theSamplePasses() {
        List<PolicyTests.Result> results = PolicyTests.run(FolderCopy.SAMPLE);

        assertThat(results).extracting(PolicyTests.Result::status).doesNotContain(PolicyTests.Status.FAILED);
        assertThat(results)
                .extracting(PolicyTests.Result::name)
                .contains("golden/shop.public.customers__lake-analytics.json", "invariants");
    }

    @Test
    void aLoosenedRuleFailsTheGoldenDecisionAndNamesTheField(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir).replace("rules/data.yaml", "treatment: drop", "treatment: keep");

        PolicyTests.Result result = golden(copy.root());

        assertThat(result.status()).isEqualTo(PolicyTests.Status.FAILED);
        assertThat(result.detail())
                .contains("street: drop{} by street-gone for user.contact.address.street -> keep{} by street-gone");

        assertThat(PolicyTests.updateGolden(copy.root()))
                .containsExactly("golden/shop.public.customers__lake-analytics.json");
        assertThat(golden(copy.root()).status()).isEqualTo(PolicyTests.Status.PASSED);
    }

    private static PolicyTests.Result golden(Path root) {
        return PolicyTests.run(root).stream()
                .filter(result -> result.name().equals("golden/shop.public.customers__lake-analytics.json"))
                .findFirst()
                .orElseThrow();
    }
}
