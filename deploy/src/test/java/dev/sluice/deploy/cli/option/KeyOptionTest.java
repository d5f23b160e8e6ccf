package dev.sluice.deploy.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What {@code --key} hands to the tables. */
class KeyOptionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7                 | [\"7\"]",
                "1,1               | [\"1\",\"1\"]",
                "-7                | [\"-7\"]",
                "[\"a,b\", \"\"]   | [\"a,b\",\"\"]",
                "[\"--key\"]       | [\"--key\"]",
                "[7]               | [\"7\"]",
                "[\"\\u00e9\"]     | [\"é\"]"
            })
    void isTheCanonicalTextOfTheKey(String typed, String canonical) {
        KeyOption option = CommandLine.populateCommand(new KeyOption(), "--key", typed);

        assertThat(option.text()).isEqualTo(canonical);
    }
}
