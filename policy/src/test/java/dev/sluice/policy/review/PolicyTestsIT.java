package dev.sluice.policy.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.policy.FolderCopy;
import dev.sluice.policy.opa.OpaBinary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Rego tests with the real opa. */
final class PolicyTestsIT {

    @Test
    void runsTheRegoTestsOfTheSample() {
        assertThat(OpaBinary.find()).as(OpaBinary.howToInstall()).isPresent();

        List<PolicyTestResult> results = PolicyTests.run(FolderCopy.SAMPLE);

        assertThat(results).allMatch(result -> result.status() == PolicyTestStatus.PASSED, "passed");
        assertThat(results)
                .extracting(PolicyTestResult::name)
                .contains("data.gate_test.test_the_strictest_rule_wins")
                .hasSize(25);
    }

    @Test
    void aRegoTestThatFailsIsNamedWithItsLine(@TempDir Path dir) {
        FolderCopy copy = FolderCopy.in(dir).append("tests/gate_test.rego", "\ntest_never if {\n\t1 == 2\n}\n");
        assertThat(PolicyTests.run(copy.root()))
                .filteredOn(result -> result.status() == PolicyTestStatus.FAILED)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.name()).isEqualTo("data.gate_test.test_never");
                    assertThat(result.detail())
                            .isEqualTo("The test failed at tests/gate_test.rego:"
                                    + copy.lineOf("tests/gate_test.rego", "test_never") + ".");
                });
    }
}
