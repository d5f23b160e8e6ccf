package dev.sluice.policy.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.policy.FolderCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyTestsTest {

    @Test
    void theSamplePasses() {
        List<PolicyTestResult> results = PolicyTests.run(FolderCopy.SAMPLE);

        assertThat(results).extracting(PolicyTestResult::status).doesNotContain(PolicyTestStatus.FAILED);
        assertThat(results)
                .extracting(PolicyTestResult::name)
                .contains("golden/shop.public.customers__lake-analytics.json", "invariants");
    }

    @Test
    void aLoosenedRuleFailsTheGoldenDecisionAndNamesTheField(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir).replace("rules/data.yaml", "treatment: drop", "treatment: keep");

        PolicyTestResult result = golden(copy.root());

        assertThat(result.status()).isEqualTo(PolicyTestStatus.FAILED);
        assertThat(result.detail())
                .contains("street: drop{} by street-gone for user.contact.address.street -> keep{} by street-gone");

        assertThat(PolicyTests.updateGolden(copy.root()))
                .containsExactly("golden/shop.public.customers__lake-analytics.json");
        assertThat(golden(copy.root()).status()).isEqualTo(PolicyTestStatus.PASSED);
    }

    @Test
    void whatAFolderDoesNotHoldIsSkippedAndNotPassed(@TempDir Path dir) throws IOException {
        FolderCopy copy = FolderCopy.in(dir);
        for (String folder : List.of("golden", "tests")) {
            try (Stream<Path> files = Files.list(copy.root().resolve(folder))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }

        List<PolicyTestResult> results = PolicyTests.run(copy.root());

        assertThat(results)
                .filteredOn(result -> result.status() == PolicyTestStatus.SKIPPED)
                .extracting(PolicyTestResult::name, PolicyTestResult::detail)
                .containsExactly(
                        tuple("golden", "The folder golden/ holds no decision that a reviewer agreed to."),
                        tuple("opa test", "The folder tests/ holds no test."));
        assertThat(results)
                .filteredOn(result -> result.status() == PolicyTestStatus.PASSED)
                .extracting(PolicyTestResult::name)
                .containsExactly("invariants");
    }

    private static PolicyTestResult golden(Path root) {
        return PolicyTests.run(root).stream()
                .filter(result -> result.name().equals("golden/shop.public.customers__lake-analytics.json"))
                .findFirst()
                .orElseThrow();
    }
}
