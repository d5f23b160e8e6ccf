package dev.sluice.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.cdc.decode.avro.DecodeCode;
import dev.sluice.deploy.ask.Explanation;
import dev.sluice.deploy.ask.Explanations;
import dev.sluice.deploy.cli.Commands;
import dev.sluice.masking.treat.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stable code of the product is explained, and nothing else is. */
class CodesTest {

    /** A text of the sources that is a code or begins with one. */
    private static final Pattern LITERAL = Pattern.compile("\"((?:CDC|POL|MSK|SNK|AUD|DEP)-\\d{3})[\" ]");

    private static final String FILES = "deploy/src/main/resources/dev/sluice/deploy/cli/codes/<module>.yaml";

    private static Stream<Explanation> explanations() {
        return Explanations.read().all().stream();
    }

    @Test
    void everyCodeIsExplained() throws IOException {
        Map<String, String> missing = codes();
        explanations().forEach(one -> missing.remove(one.code()));

        assertThat(missing.entrySet().stream()
                        .map(code -> code.getKey() + " of " + code.getValue() + " has no entry in " + FILES))
                .isEmpty();
    }

    @Test
    void everyExplanationIsOfACode() throws IOException {
        Map<String, String> codes = codes();

        assertThat(explanations().map(Explanation::code).filter(code -> !codes.containsKey(code)))
                .as("explained codes that no source has")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("explanations")
    void anExplanationIsInSentencesAndLeadsToACommand(Explanation one) {
        assertThat(one.title()).as(one.code()).matches("[A-Z].*[^.]").hasSizeLessThanOrEqualTo(75);
        assertThat(List.of(one.cause(), one.check())).as(one.code()).allSatisfy(text -> assertThat(text)
                .matches("(?s)[A-Za-z-].*\\."));
        assertThat(one.next()).as(one.code()).startsWith("sluice ");
        assertThatCode(() -> Commands.parse(one.next().substring("sluice ".length())))
                .as(one.code())
                .doesNotThrowAnyException();
    }

    /** Every code with the file or type that has it. */
    private static Map<String, String> codes() throws IOException {
        Map<String, String> codes = new TreeMap<>();
        for (Path source : Sources.mainJava()) {
            String file = Sources.root().relativize(source).toString();
            LITERAL.matcher(Files.readString(source)).results().forEach(code -> codes.putIfAbsent(code.group(1), file));
        }
        Arrays.stream(DecodeCode.values()).forEach(code -> codes.put(code.name(), "DecodeCode"));
        Arrays.stream(Fault.values()).forEach(fault -> codes.put(fault.name(), "Fault"));
        return codes;
    }
}
