package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.Secret;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CausesTest {
    private static final PostgresDatabase DATABASE =
            new PostgresDatabase("127.0.0.1", 5432, "shop", "reader", Secret.of("x"));

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new OutOfMemoryError("Java heap space"), "CDC-052", false),
                Arguments.of(new IllegalStateException(new OutOfMemoryError("hidden")), "CDC-052", false),
                Arguments.of(new IllegalStateException(new StackOverflowError("hidden")), "CDC-056", false),
                Arguments.of(new IllegalStateException(new SQLException("hidden", "08006")), "CDC-002", true),
                Arguments.of(new IllegalStateException("hidden"), "CDC-040", true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void triesAgainOnlyAfterAFailureThatMayPass(Throwable failure, String code, boolean retryable) {
        CaptureException cause = Causes.of(DATABASE, "it failed", failure);

        assertThat(cause.code()).isEqualTo(code);
        assertThat(cause.retryable()).isEqualTo(retryable);
        assertThat(cause).hasMessageNotContaining("hidden");
    }
}
