package dev.sluice.deploy.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deploy.DeployException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a person is written. */
class PersonTextTest {

    private static Stream<Arguments> people() {
        return Stream.of(
                person("customer:7", "customer", "7"),
                person("customer:de,7", "customer", "de", "7"),
                person("customer:a:b", "customer", "a:b"),
                person("customer::", "customer", ":"),
                person("customer:[\"a,b\",\"\"]", "customer", "a,b", ""),
                person("customer:[\"@a\"]", "customer", "@a"),
                person("customer:[\"-\"]", "customer", "-"),
                person("staff-member_2.x:7", "staff-member_2.x", "7"),
                person("contact person:7", "contact person", "7"),
                person("Kundin:Zürich", "Kundin", "Zürich"));
    }

    @ParameterizedTest
    @MethodSource("people")
    void readsAndWritesAPerson(String text, PersonText person) {
        assertThat(PersonText.parse(text)).isEqualTo(person);
        assertThat(person.written()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "customer",
                ":",
                ":7",
                "customer:",
                " customer:7",
                "customer :7",
                "@customer:7",
                "#customer:7",
                "a,b:7",
                "[\"customer\"]:7",
                "\"customer\":7",
                "a\u00a0b:7",
                "a\nb:7",
                "a\ud83d:7"
            })
    void refusesWhatIsNoKindAndKey(String text) {
        assertThat(codeOf(text)).isEqualTo("DEP-426");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`customer: `  | DEP-420",
                "customer:[]   | DEP-420",
                "customer:7,   | DEP-421",
                "customer:a b  | DEP-422",
                "`customer: 7` | DEP-422",
                "customer:@a   | DEP-422",
                "customer:-    | DEP-422",
                "customer:[7,] | DEP-423",
                "customer:[null] | DEP-424",
                "customer:[\"\\ud800\"] | DEP-425"
            })
    void saysWhatIsWrongWithTheKey(String text, String code) {
        assertThat(codeOf(text)).isEqualTo(code);
    }

    @Test
    void showsTheKindOnly() {
        assertThat(PersonText.parse("customer:secret")).hasToString("PersonText[customer]");
        assertThatThrownBy(() -> new PersonText("a:b", new KeyText(List.of("7"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String codeOf(String text) {
        try {
            return PersonText.parse(text).toString();
        } catch (DeployException e) {
            return e.code();
        }
    }

    private static Arguments person(String text, String kind, String... parts) {
        return Arguments.of(text, new PersonText(kind, new KeyText(List.of(parts))));
    }
}
