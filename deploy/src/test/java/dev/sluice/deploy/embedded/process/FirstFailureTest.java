package dev.sluice.deploy.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstFailureTest {

    private static final ChildFailure DATABASE = new ChildFailure("postgres", 1, Path.of("a.log"), List.of());
    private static final ChildFailure BROKER = new ChildFailure("kafka", 2, Path.of("b.log"), List.of());

    private final FirstFailure failure = new FirstFailure();

    @Test
    void everyListenerHearsTheFirstFailureOnce() {
        List<ChildFailure> early = new ArrayList<>();
        List<ChildFailure> late = new ArrayList<>();
        failure.onFailure(early::add);

        failure.report(DATABASE);
        failure.report(BROKER);
        failure.onFailure(late::add);

        assertThat(early).containsExactly(DATABASE);
        assertThat(late).containsExactly(DATABASE);
    }

    @Test
    void noFailureCallsNoListener() {
        List<ChildFailure> told = new ArrayList<>();

        failure.onFailure(told::add);

        assertThat(told).isEmpty();
    }
}
