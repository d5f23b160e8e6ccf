package dev.sluice.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.finding.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictYamlTest {

    @Test
    void readsWhatEveryReaderReadsAlike() {
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
        assertThat(findings("a: x\nb: " + word + "\n"))
                .as(word)
                .hasSize(1)
                .allMatch(p -> p.startsWith("f.yaml:2: POL-205 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"NO\"", "'2027-06-30'", "north", "v1.2", "nobody", "a-1", "-1", "10.25", "false"})
    void takesWordsThatMeanOneThing(String word) {
        assertThat(findings("a: " + word + "\n")).isEmpty();
    }

    @Test
    void refusesDuplicateKeysAndNamesBothLines() {
        assertThat(findings("a: 1\nb: 2\na: 3\n"))
                .containsExactly("f.yaml:3: POL-206 The key a stands twice in this map; the first is on line 1."
                        + " Remove one of the two.");
    }

    @Test
    void refusesAnchorsAndAliases() {
        assertThat(findings("a: &x [1]\nb: *x\n")).hasSize(2).allMatch(p -> p.contains("Anchors"));
    }

    @Test
    void refusesTruthValuesAsKeys() {
        assertThat(findings("NO: norway\n")).hasSize(1);
        assertThat(findings("2: two\n")).hasSize(1);
        assertThat(findings("? [a]\n: b\n"))
                .contains("f.yaml:1: POL-205 A key of this map is not text. Write text as the key.");
    }

    @Test
    void refusesTabsASecondDocumentBadBytesAndDepth() {
        assertThat(findings("a:\n\tb: 1\n"))
                .singleElement()
                .asString()
                .startsWith("f.yaml:2: POL-204 The file is not YAML");
        assertThat(findings("a: 1\n---\nb: 1\n"))
                .containsExactly("f.yaml:2: POL-205 A second document starts here. Keep one document in one file.");
        List<Finding> found = new ArrayList<>();
        StrictYaml.read("f.yaml", new byte[] {'a', ':', ' ', (byte) 0xff}, found);
        assertThat(found).extracting(Finding::what).containsExactly("The file is not UTF-8.");
        assertThat(findings("[".repeat(5000) + "]".repeat(5000))).hasSize(1);
        assertThat(findings("a: \"" + "x".repeat(1 << 20) + "\"")).hasSize(1);
    }

    @Test
    void collectsEveryFaultOfAFile() {
        assertThat(findings("a: NO\nb: 2020-01-01\nb: &x z\n")).hasSize(4);
    }

    private static List<String> findings(String text) {
        List<String> found = new ArrayList<>();
        read(text, found);
        return found;
    }

    private static Document read(String text, List<String> into) {
        List<Finding> findings = new ArrayList<>();
        Document document = StrictYaml.read("f.yaml", text.getBytes(StandardCharsets.UTF_8), findings);
        findings.forEach(finding -> into.add(finding.toString()));
        return document;
    }
}
