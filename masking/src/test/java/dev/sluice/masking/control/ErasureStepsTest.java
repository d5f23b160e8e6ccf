package dev.sluice.masking.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErasureStepsTest {

    private static final String SALT = "5a".repeat(32);
    private static final ErasureSteps MARKED = ErasureSteps.marked(SALT, List.of());
    private static final ErasureSteps LINKED = ErasureSteps.marked(SALT, List.of("aa", "bb"));

    /** The stored forms are frozen: rows of earlier releases are read for ever. */
    static Stream<Arguments> storedForms() {
        Map<String, Long> rows = new LinkedHashMap<>();
        rows.put("lake/shop.public.customers", 3L);
        rows.put("_latent", 0L);
        return Stream.of(
                Arguments.of("[]", ErasureSteps.NONE),
                Arguments.of("{\"salt\":\"" + SALT + "\",\"marker\":true}", MARKED),
                Arguments.of("{\"salt\":\"" + SALT + "\",\"marker\":true,\"linked\":[\"aa\",\"bb\"]}", LINKED),
                Arguments.of(
                        "{\"salt\":\"" + SALT + "\",\"marker\":true,\"key_destroyed\":true}",
                        MARKED.withKeyDestroyed()),
                Arguments.of(
                        "{\"salt\":\"" + SALT + "\",\"marker\":true,\"key_destroyed\":true,\"ledger_leaf\":7,"
                                + "\"rows_deleted\":{\"lake/shop.public.customers\":3,\"_latent\":0}}",
                        MARKED.withKeyDestroyed().withRowsDeleted(7, rows)),
                Arguments.of(
                        "{\"salt\":\"" + SALT + "\",\"marker\":true,\"key_destroyed\":true,\"ledger_leaf\":7,"
                                + "\"rows_deleted\":{}}",
                        MARKED.withKeyDestroyed().withRowsDeleted(7, Map.of())));
    }

    @ParameterizedTest
    @MethodSource("storedForms")
    void keepsItsStoredForm(String stored, ErasureSteps steps) {
        assertThat(ErasureStepsCodec.encode(steps)).isEqualTo(stored);
        assertThat(ErasureStepsCodec.decode("case-1", stored)).isEqualTo(steps);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[1]",
                "not JSON canary-5a",
                "{} {}",
                "{\"salt\":\"canary-5a\",\"salt\":\"canary-5a\"}",
                "{\"salt\":\"canary-5a\",\"marker\":true,\"canary-5a\":1}",
                "{\"salt\":7}",
                "{\"marker\":\"canary-5a\"}",
                "{\"linked\":\"canary-5a\"}",
                "{\"linked\":[7]}",
                "{\"key_destroyed\":1}",
                "{\"ledger_leaf\":7}",
                "{\"rows_deleted\":{}}",
                "{\"ledger_leaf\":\"7\",\"rows_deleted\":{}}",
                "{\"ledger_leaf\":7,\"rows_deleted\":[]}",
                "{\"ledger_leaf\":7,\"rows_deleted\":{\"a\":\"b\"}}"
            })
    void refusesWhatItDoesNotKnow(String stored) {
        assertThatThrownBy(() -> ErasureStepsCodec.decode("case-1", stored))
                .hasMessageStartingWith("MSK-014 ")
                .hasMessageContaining("case-1")
                .hasNoCause()
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("canary-5a");
    }

    @Test
    void neverShowsTheSalt() {
        ErasureCase open = new ErasureCase(
                "case-1",
                "0".repeat(32),
                "customer",
                ErasureCase.State.BARRIER_SET,
                Instant.EPOCH,
                "TICKET-7",
                LINKED,
                Instant.EPOCH);

        assertThat(LINKED.toString())
                .isEqualTo("ErasureSteps{\"marker\":true,\"linked\":[\"aa\",\"bb\"]}")
                .doesNotContain(SALT);
        assertThat(open.toString()).doesNotContain(SALT);
        assertThat(LINKED.describe()).doesNotContain(SALT);
    }

    @Test
    void countsRowsOnlyWithALeaf() {
        assertThatThrownBy(() -> new ErasureSteps("", true, List.of(), true, null, Map.of("a", 1L)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
