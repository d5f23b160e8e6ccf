package dev.sluice.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictYamlTest {

    @Test
    void readsWhatEverybodyReadsAlike() {
        Document document = read("a: text\nb: [1, 0.5, true]\nc: {d: \"no\", e: 'x'}\n", List.of());
        assertThat(document.root().toString())
                .isEqualTo("{\"a\":\"text\",\"b\":[1,0.5,true],\"c\":{\"d\":\"no\",\"e\":\"x\"}}");
        assertThat(document.line("/b/2")).isEqualTo(2);
        assertThat(document.line("/c/d/nowhere")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NO",
                "no",
                "on",
                "Yes",
                "y",
                "True",
                "null",
                "~",
                "",
                "2027-06-30",
                "0123",
                "0x1F",
                "1e3",
                "12:30:45",
                "1_000",
                "+5",
                ".inf",
                "-.5",
                "1.2.3",
                "!!binary abc",
                "!tag x"
            })
    void refusesAPlainWordThatReadersTakeForDifferentThings(String word) {
        assertThat(problems("a: x\nb: " + word + "\n")).as(word).hasSize(1).allMatch(p -> p.startsWith("f.yaml:2 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"NO\"", "'2027-06-30'", "north", "v1.2", "nobody", "a-1", "-1", "10.25", "false"})
    void takesWordsThatMeanOneThing(String word) {
        assertThat(problems("a: " + word + "\n")).isEmpty();
    }

    @Test
    void refusesDuplicateKeysAndNamesBothLines() {
        assertThat(problems("a: 1\nb: 2\na: 3\n")).containsExactly("f.yaml:3 duplicate key a; the first is on line 1");
    }

    @Test
    void refusesAnchorsAndAliases() {
        assertThat(problems("a: &x [1]\nb: *x\n")).hasSize(2).allMatch(p -> p.contains("anchors"));
    }

    @Test
    void refusesTruthValuesAsKeys() {
        assertThat(problems("NO: norway\n")).hasSize(1);
        assertThat(problems("2: two\n")).hasSize(1);
        assertThat(problems("? [a]\n: b\n")).contains("f.yaml:1 a key must be text");
    }

    @Test
    void refusesTabsASecondDocumentBadBytesAndDepth() {
        assertThat(problems("a:\n\tb: 1\n")).singleElement().asString().startsWith("f.yaml:2 not YAML");
        assertThat(problems("a: 1\n---\nb: 1\n"))
                .containsExactly("f.yaml:2 a second document starts here; one file" + " holds one document");
        List<Problem> found = new ArrayList<>();
        StrictYaml.read("f.yaml", new byte[] {'a', ':', ' ', (byte) 0xff}, found);
        assertThat(found).extracting(Problem::message).containsExactly("the file is not UTF-8");
        assertThat(problems("[".repeat(5000) + "]".repeat(5000))).hasSize(1);
        assertThat(problems("a: \"" + "x".repeat(1 << 20) + "\"")).hasSize(1);
    }

    @Test
    void collectsEveryProblemOfAFile() {
        assertThat(problems("a: NO\nb: 2020-01-01\nb: &x z\n")).hasSize(4);
    }

    private static List<String> problems(String text) {
        List<String> found = new ArrayList<>();
        read(text, found);
        return found;
    }

    private static Document read(String text, List<String> into) {
        List<Problem> problems = new ArrayList<>();
        Document document = StrictYaml.read("f.yaml", text.getBytes(StandardCharsets.UTF_8), problems);
        problems.forEach(problem -> into.add(problem.toString()));
        return document;
    }
}
