package dev.sluice.cdc.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimestampTest {

    @Test
    void agreesWithTheLibraryOnGeneratedInstants() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            long second = random.nextLong(-62_167_219_200L, 253_402_300_800L);
            String text = Instant.ofEpochSecond(second, random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000))
                    .toString();

            assertThat(UtcTimestamp.isPlain(text)).as(text).isTrue();
            assertThat(UtcTimestamp.parse(text))
                    .isEqualTo(OffsetDateTime.parse(text).toInstant());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-30T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "2024-01-01T24:00:00Z",
                "2024-01-01T00:60:00Z",
                "2024-01-01T00:00:60Z"
            })
    void refusesWhatNoClockShows(String text) {
        assertThat(UtcTimestamp.isPlain(text)).isTrue();
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> UtcTimestamp.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "infinity",
                "2024-02-29T13:14:15",
                "2024-02-29T13:14:15.Z",
                "2024-02-29T13:14:15.1234567890Z",
                "2024-02-29T13:14:15+02:00",
                "+12024-02-29T13:14:15Z",
                "2024-02-29 13:14:15Z",
                "2024-02-29T13:14:15,5Z",
                "-0043-03-15T00:00:00Z"
            })
    void leavesOtherFormsToTheLibrary(String text) {
        assertThat(UtcTimestamp.isPlain(text)).isFalse();
    }
}
