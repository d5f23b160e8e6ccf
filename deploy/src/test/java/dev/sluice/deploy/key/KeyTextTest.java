package dev.sluice.deploy.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deploy.DeployException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each text means as a key, or why it is none. */
class KeyTextTest {

    private static final String UUID = "0b6fc1a2-7d55-4c0e-9e7e-6a3f2d1c0b9a";

    private static Stream<Arguments> keys() {
        return Stream.of(
                // The short form.
                key("7", "7"),
                key("7,9", "7", "9"),
                key("1,2,3,4", "1", "2", "3", "4"),
                key("007", "007"),
                key("-7", "-7"),
                key("-7,-", "-7", "-"),
                key("7.50", "7.50"),
                key("+1", "+1"),
                key(UUID, UUID),
                key("de,7", "de", "7"),
                key("a:b", "a:b"),
                key("ann@example.org", "ann@example.org"),
                key("7,@x", "7", "@x"),
                key("2026-11-20T08:00:00Z", "2026-11-20T08:00:00Z"),
                key("a/b+c", "a/b+c"),
                key("x_y.z", "x_y.z"),
                key("null", "null"),
                key("true,NaN", "true", "NaN"),
                key("Zürich", "Zürich"),
                key("Zu\u0308rich", "Zu\u0308rich"),
                key("東京,大阪", "東京", "大阪"),
                key("\uD83D\uDE00", "\uD83D\uDE00"),
                // The JSON form.
                key("[\"7\"]", "7"),
                key("[\"7\",\"9\"]", "7", "9"),
                key(" [ \"7\" ,\t\"9\" ] ", "7", "9"),
                key("\n[\r\n\"7\"\n]\n", "7"),
                key("[\"\"]", ""),
                key("[\"\",\"\"]", "", ""),
                key("[\"a,b\",\"\",\"x y\"]", "a,b", "", "x y"),
                key("[\" 7 \"]", " 7 "),
                key("[\"\\\"\"]", "\""),
                key("[\"'\"]", "'"),
                key("[\"\\\\\"]", "\\"),
                key("[\"\\\\n\"]", "\\n"),
                key("[\"\\n\\r\\t\\b\\f\\/\"]", "\n\r\t\b\f/"),
                key("[\"\\u0000\"]", "\u0000"),
                key("[\"\u007f\"]", "\u007f"),
                key("[\"\\u00e9\"]", "é"),
                key("[\"\\ud83d\\ude00\"]", "\uD83D\uDE00"),
                key("[\"\\uFFFD\"]", "\uFFFD"),
                key("[\"\u2028\"]", "\u2028"),
                key("[\"[\\\"7\\\"]\"]", "[\"7\"]"),
                key("[\"{\\\"id\\\":7}\"]", "{\"id\":7}"),
                key("[\"id=7\"]", "id=7"),
                key("[\"@keys\"]", "@keys"),
                key("[\"-\"]", "-"),
                key("[\"--home\"]", "--home"),
                key("[\"# x\"]", "# x"),
                key("[\"null\"]", "null"),
                key("[7]", "7"),
                key("[7,\"9\"]", "7", "9"),
                key("[-0]", "-0"),
                key("[7.0]", "7.0"),
                key("[1e3]", "1e3"),
                key("[1E+3]", "1E+3"),
                key("[123456789012345678901234567890.10]", "123456789012345678901234567890.10"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void readsAKey(String text, List<String> parts) {
        assertThat(KeyText.parse(text).parts()).isEqualTo(parts);
    }

    @Test
    void readsANumberOfAnyLength() {
        String digits = "1234567890".repeat(20_000);

        assertThat(KeyText.parse("[" + digits + "]").parts()).containsExactly(digits);
        assertThat(KeyText.parse(digits).parts()).containsExactly(digits);
    }

    private static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("", "DEP-420"),
                mistake("   ", "DEP-420"),
                mistake("\n", "DEP-420"),
                mistake("[]", "DEP-420"),
                mistake("[ ]", "DEP-420"),
                mistake(",", "DEP-421"),
                mistake("7,", "DEP-421"),
                mistake(",7", "DEP-421"),
                mistake("7,,9", "DEP-421"),
                mistake(" 7", "DEP-422"),
                mistake("7 ", "DEP-422"),
                mistake("7, 9", "DEP-422"),
                mistake("New York", "DEP-422"),
                mistake("a\tb", "DEP-422"),
                mistake("a\nb", "DEP-422"),
                mistake("a\u0000b", "DEP-422"),
                mistake("a\u007fb", "DEP-422"),
                mistake("a\u0085b", "DEP-422"),
                mistake("a\u00a0b", "DEP-422"),
                mistake("a\u00adb", "DEP-422"),
                mistake("a\u200bb", "DEP-422"),
                mistake("a\u202eb", "DEP-422"),
                mistake("a\u2028b", "DEP-422"),
                mistake("\ufeff7", "DEP-422"),
                mistake("a\ufffdb", "DEP-422"),
                mistake("@keys", "DEP-422"),
                mistake("-", "DEP-422"),
                mistake("-,-", "DEP-422"),
                mistake("-o", "DEP-422"),
                mistake("--home", "DEP-422"),
                mistake("#7", "DEP-422"),
                mistake("id=7", "DEP-422"),
                mistake("id=7,line=2", "DEP-422"),
                mistake("\"7\"", "DEP-422"),
                mistake("'7'", "DEP-422"),
                mistake("a\\,b", "DEP-422"),
                mistake("a;b", "DEP-422"),
                mistake("$HOME", "DEP-422"),
                mistake("(7)", "DEP-422"),
                mistake("{\"id\":7}", "DEP-422"),
                mistake("7]", "DEP-422"),
                mistake("7,[8]", "DEP-422"),
                mistake("[", "DEP-423"),
                mistake("[\"7\"", "DEP-423"),
                mistake("[\"7]", "DEP-423"),
                mistake("[7", "DEP-423"),
                mistake("[\"7\",]", "DEP-423"),
                mistake("[,\"7\"]", "DEP-423"),
                mistake("[\"7\",,\"9\"]", "DEP-423"),
                mistake("[\"7\" \"9\"]", "DEP-423"),
                mistake("['7']", "DEP-423"),
                mistake("[a]", "DEP-423"),
                mistake("[07]", "DEP-423"),
                mistake("[+7]", "DEP-423"),
                mistake("[.5]", "DEP-423"),
                mistake("[5.]", "DEP-423"),
                mistake("[NaN]", "DEP-423"),
                mistake("[Infinity]", "DEP-423"),
                mistake("[0x7]", "DEP-423"),
                mistake("[\"a\nb\"]", "DEP-423"),
                mistake("[\"a\tb\"]", "DEP-423"),
                mistake("[\"\\x\"]", "DEP-423"),
                mistake("[\"\\u12\"]", "DEP-423"),
                mistake("[\"7\"] x", "DEP-423"),
                mistake("[\"7\"],", "DEP-423"),
                mistake("[\"7\"][\"9\"]", "DEP-423"),
                mistake("[\"7\"] \"9\"", "DEP-423"),
                mistake("[/* seven */ 7]", "DEP-423"),
                mistake("[7] // seven", "DEP-423"),
                mistake("[7] # seven", "DEP-423"),
                mistake("[\u00a07]", "DEP-423"),
                mistake("[null]", "DEP-424"),
                mistake("[\"7\",null]", "DEP-424"),
                mistake("[true]", "DEP-424"),
                mistake("[[\"7\"]]", "DEP-424"),
                mistake("[{\"id\":7}]", "DEP-424"),
                mistake("a\ud83d", "DEP-425"),
                mistake("\ude00", "DEP-425"),
                mistake("[\"\ud83d\"]", "DEP-425"),
                mistake("[\"\\ud83d\"]", "DEP-425"),
                mistake("[\"\\ude00\\ud83d\"]", "DEP-425"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhyATextIsNoKey(String text, String code) {
        assertThatThrownBy(() -> KeyText.parse(text))
                .isInstanceOfSatisfying(
                        DeployException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageStartingWith(code + " The key ")
                .hasMessageEndingWith(".")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret value",
                "secret,,value",
                "[\"secret\" value]",
                "[\"secret\"",
                "[\"secret\",null]",
                "[secret]",
                "[\"secret\\x\"]",
                "[\"secret\"] value",
                "@secret",
                "secret\ud83d",
                "secret="
            })
    void keepsTheKeyOutOfTheMessage(String text) {
        assertThatThrownBy(() -> KeyText.parse(text))
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining(" value")
                .hasNoCause();
    }

    private static Stream<Arguments> positions() {
        return Stream.of(
                Arguments.of("ab c", 3),
                Arguments.of("\uD83D\uDE00 c", 2),
                Arguments.of("@ab", 1),
                Arguments.of("[\"a\" \"b\"]", 6),
                Arguments.of("[\"a\"] x", 7),
                Arguments.of("[\"a\"][", 6),
                Arguments.of("[\"a\",]", 6),
                Arguments.of("[a]", 2),
                Arguments.of("[", 2));
    }

    @ParameterizedTest
    @MethodSource("positions")
    void saysWhereTheMistakeIs(String text, int position) {
        assertThatThrownBy(() -> KeyText.parse(text)).hasMessageContaining("character " + position + " of the key");
    }

    private static Stream<Arguments> forms() {
        return Stream.of(
                form("7", "[\"7\"]", "7"),
                form("7,9", "[\"7\",\"9\"]", "7", "9"),
                form("[\"\"]", "[\"\"]", ""),
                form("[\"7\",\"\"]", "[\"7\",\"\"]", "7", ""),
                form("[\"a,b\"]", "[\"a,b\"]", "a,b"),
                form("[\"-\"]", "[\"-\"]", "-"),
                form("[\"-o\",\"7\"]", "[\"-o\",\"7\"]", "-o", "7"),
                form("-7,-", "[\"-7\",\"-\"]", "-7", "-"),
                form("[\"@a\",\"b\"]", "[\"@a\",\"b\"]", "@a", "b"),
                form("b,@a", "[\"b\",\"@a\"]", "b", "@a"),
                form("Zürich", "[\"Zürich\"]", "Zürich"),
                form("[\"\\\"\\\\\\n\\u0001\"]", "[\"\\\"\\\\\\n\\u0001\"]", "\"\\\n\u0001"),
                form("[\"a\\u00a0b\"]", "[\"a\u00a0b\"]", "a\u00a0b"),
                form("[\"\\u007f\\u009b\\u2028\"]", "[\"\u007f\u009b\u2028\"]", "\u007f\u009b\u2028"),
                form("[\"\\udb40\\udc41\"]", "[\"\udb40\udc41\"]", "\udb40\udc41"),
                form("[\"\\ufffd\"]", "[\"\ufffd\"]", "\ufffd"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void writesBothForms(String written, String canonical, List<String> parts) {
        KeyText key = new KeyText(parts);

        assertThat(key.written()).isEqualTo(written);
        assertThat(key.canonical()).isEqualTo(canonical);
    }

    @Test
    void isMadeOfWholePartsOnly() {
        assertThatThrownBy(() -> new KeyText(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyText(List.of("a", "\ud83d"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsNoValueByItself() {
        assertThat(new KeyText(List.of("secret"))).hasToString("KeyText[1 part]");
        assertThat(new KeyText(List.of("secret", "value"))).hasToString("KeyText[2 parts]");
    }

    private static Arguments key(String text, String... parts) {
        return Arguments.of(text, List.of(parts));
    }

    private static Arguments mistake(String text, String code) {
        return Arguments.of(text, code);
    }

    private static Arguments form(String written, String canonical, String... parts) {
        return Arguments.of(written, canonical, List.of(parts));
    }
}
