package dev.sluice.cdc.finding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedTest {

    @ParameterizedTest
    @CsvSource({"0, fault, 0 faults", "1, fault, 1 fault", "2, other finding, 2 other findings"})
    void aNumberStandsWithItsNoun(long number, String noun, String text) {
        assertThat(Counted.of(number, noun)).isEqualTo(text);
    }
}
