package dev.sluice.deploy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {

    private final List<String> lines = new ArrayList<>();
    private final List<String> begun = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final Steps steps = new Steps(lines::add, begun::add);

    @Test
    void tellsEachStepWithItsNumberAndClosesNewestFirst() {
        steps.open("keys", "the keys are open", () -> closing("keys"));
        steps.step("policy", "the policy is loaded", () -> {});
        steps.open("ledger", "the ledger is open", () -> closing("ledger"));

        steps.close();

        assertThat(lines).hasSize(3).allMatch(line -> line.matches("^ \\d\\. .+ \\d+\\.\\d s$"));
        assertThat(lines.get(2)).startsWith(" 3. the ledger is open");
        assertThat(begun).containsExactly("keys", "policy", "ledger");
        assertThat(closed).containsExactly("ledger", "keys");
        assertThat(steps.seconds()).containsOnlyKeys("keys", "policy", "ledger", "total");
        assertThat(steps.current()).isEmpty();
    }

    @Test
    void namesTheStepThatFailedAndClosesWhatWasOpened() {
        steps.open("keys", "the keys are open", () -> closing("keys"));
        assertThatThrownBy(() -> steps.step("capture", "capture runs", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(steps.current()).isEqualTo("capture");
        steps.close();
        assertThat(closed).containsExactly("keys");
    }

    @Test
    void closesEverythingAndReportsEveryFailure() {
        steps.onClose("first", () -> {
            throw new IllegalStateException("first failure");
        });
        steps.onClose("second", closing("second"));
        steps.onClose("third", () -> {
            throw new IllegalStateException("third failure");
        });

        assertThatThrownBy(steps::close).hasMessage("third failure").satisfies(failure -> assertThat(
                        failure.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("first failure"));
        assertThat(closed).containsExactly("second");
    }

    private AutoCloseable closing(String name) {
        return () -> closed.add(name);
    }
}
