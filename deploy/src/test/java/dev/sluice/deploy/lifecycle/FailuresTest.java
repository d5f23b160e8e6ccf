package dev.sluice.deploy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.DeployException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    /** Work that is done side by side fails side by side; each failure has its place in the log. */
    @Test
    void placesNameCausesAndTheFailuresBesidesThem() {
        IllegalStateException failure = new IllegalStateException("secret", new IOException("secret"));
        failure.addSuppressed(new ArithmeticException("secret"));

        assertThat(Failures.places(failure))
                .filteredOn(line -> !line.startsWith("    at "))
                .containsExactly(
                        "java.lang.IllegalStateException",
                        "besides java.lang.ArithmeticException",
                        "caused by java.io.IOException");
        assertThat(Failures.places(failure)).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void findsTheDatasetOfEveryFailureThatHappenedSideBySide() {
        DeployException first = new DeployException("DEP-999", "One.").ofDataset("shop.one");
        first.addSuppressed(new IllegalStateException(new DeployException("DEP-999", "Two.").ofDataset("shop.two")));
        first.addSuppressed(new ArithmeticException());

        assertThat(Failures.ofDatasets(new IllegalStateException(first)))
                .extracting(failure -> failure.dataset().orElse(""))
                .containsExactly("shop.one", "shop.two");
    }
}
