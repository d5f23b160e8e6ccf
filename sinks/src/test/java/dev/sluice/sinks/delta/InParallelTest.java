package dev.sluice.sinks.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.SinkErrors;
import dev.sluice.sinks.SinkException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InParallelTest {

    private static final BatchId BATCH = new BatchId("first", 7);

    @Test
    void givesTheResultsInTheOrderOfTheSteps() {
        assertThat(InParallel.run(BATCH, 2, List.<Callable<Integer>>of(() -> 1, () -> 2, () -> 3)))
                .containsExactly(1, 2, 3);
    }

    @Test
    void throwsTheFirstFailureAndAddsEveryOtherOne() {
        SinkException first = SinkErrors.incomplete("topic-0-1", "plan");
        RuntimeException second = new IllegalStateException("second");
        SinkException third = SinkErrors.incomplete("topic-0-3", "plan");
        AtomicInteger ran = new AtomicInteger();

        Throwable thrown = catchThrowable(() -> InParallel.run(
                BATCH,
                2,
                List.<Callable<Integer>>of(
                        () -> fail(first), ran::incrementAndGet, () -> fail(second), () -> fail(third))));

        assertThat(thrown).isSameAs(first);
        assertThat(thrown.getSuppressed()).containsExactly(second, third);
        assertThat(ran).hasValue(1);
    }

    @Test
    void throwsAFailureWithACodeWithoutItsWrapper() {
        SinkException known = SinkErrors.incomplete("topic-0-1", "plan");
        Exception wrapper = new Exception("Spark's wrapper", known);

        assertThat(catchThrowable(() -> InParallel.run(BATCH, 2, List.of(() -> fail(wrapper)))))
                .isSameAs(known);
    }

    @Test
    void namesTheClassOfAFailureWithoutACodeAndKeepsItAsCause() {
        Exception checked = new Exception("detail");

        assertThat(catchThrowable(() -> InParallel.run(BATCH, 2, List.of(() -> fail(checked)))))
                .hasMessageStartingWith("SNK-015")
                .hasMessageContaining("java.lang.Exception")
                .hasMessageNotContaining("log of")
                .hasRootCause(checked);
    }

    @Test
    void reportsOneFailureOfTwoStepsOnce() {
        SinkException shared = SinkErrors.incomplete("topic-0-1", "plan");

        Throwable thrown =
                catchThrowable(() -> InParallel.run(BATCH, 2, List.of(() -> fail(shared), () -> fail(shared))));

        assertThat(thrown).isSameAs(shared);
        assertThat(thrown.getSuppressed()).isEmpty();
    }

    private static Integer fail(Exception failure) throws Exception {
        throw failure;
    }
}
