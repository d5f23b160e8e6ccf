package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.PostgresDatabase;
import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.cdc.capture.postgres.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CausesTest {

    private static final CaptureConfig.CapturedSource SOURCE = new CaptureConfig.CapturedSource(
            "shop",
            new PostgresDatabase("localhost", 5432, "shop", "sluice", Secret.of("")),
            Stream.of("public.t", "public.t.x").map(TableName::parse).toList());

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
        CaptureException cause = Causes.of(SOURCE, "it failed", failure);

        assertThat(cause.code()).isEqualTo(code);
        assertThat(cause.retryable()).isEqualTo(retryable);
        assertThat(cause).hasMessageNotContaining("hidden");
    }

    /** The engine names the column only in the text of its exception. */
    @ParameterizedTest
    @CsvSource({
        "public.t.amount,    shop.public.t",
        "public.t.x.amount,  shop.public.t.x",
        "public.other.value, ''",
    })
    void namesTheTableOfAValueThatTheEngineDoesNotConvert(String column, String dataset) {
        Throwable failure = new ConnectException(
                "Error while processing event",
                new ConnectException("Failed to properly convert data value for '" + column + "' of type text: 1"));

        CaptureException cause = Causes.of(SOURCE, "it failed", failure);

        assertThat(cause.code()).isEqualTo("CDC-037");
        assertThat(cause).hasMessageContaining(column).hasMessageNotContaining("of type");
        assertThat(List.of(cause.dataset().orElse(""))).containsExactly(dataset);
    }
}
