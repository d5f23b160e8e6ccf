package dev.sluice.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exit codes that commands use are exactly those that are documented. */
class ExitCodesTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/sluice/deploy/cli");
    private static final Pattern USE = Pattern.compile("ExitCode\\.([A-Z_]+)\\b");
    private static final Pattern NUMBER_INSTEAD = Pattern.compile("return \\d+;|System\\.exit\\(\\d|halt\\(\\d+\\)");
    private static final Pattern PAGE_LINE = Pattern.compile("(?m)^ {2}(\\d+) ");
    private static final Pattern README = Pattern.compile("(?s)\\*\\*Exit codes\\.\\*\\*(.*?)SIGTERM");
    private static final Pattern README_CODE = Pattern.compile("(\\d+) [a-z]");

    @Test
    void helpAndReadmeNameExactlyTheCodesOfTheProduct() throws IOException {
        Set<Integer> codes = new TreeSet<>(constants().values());

        Matcher readme = README.matcher(Files.readString(Path.of("README.md")));
        assertThat(readme.find()).isTrue();

        assertThat(numbers(PAGE_LINE, Commands.print("help", "exit-codes").out()))
                .isEqualTo(codes);
        assertThat(numbers(README_CODE, readme.group(1))).isEqualTo(codes);
    }

    @Test
    void commandsUseEveryCodeAndNoOther() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith("Command.java") || f.endsWith("Sluice.java"))
                    .toList()) {
                String source = Files.readString(file);
                USE.matcher(source).results().forEach(use -> used.add(use.group(1)));
                assertThat(NUMBER_INSTEAD.matcher(source).find())
                        .as(file + " returns a number instead of an ExitCode")
                        .isFalse();
            }
        }
        used.addAll(Set.of("FAULTS_FOUND", "USAGE", "REFUSED")); // through ExitCode.of
        used.add("STOPPED_BY_USER"); // in StopSignal

        assertThat(used).isEqualTo(constants().keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "DEP-201, 2",
        "DEP-211, 2",
        "DEP-402, 2",
        "DEP-450, 2",
        "DEP-600, 2",
        "DEP-601, 2",
        "DEP-602, 1",
        "DEP-603, 2",
        "DEP-604, 1",
        "DEP-605, 2",
        "DEP-606, 1",
        "POL-001, 2",
        "POL-002, 2",
        "POL-003, 2",
        "POL-004, 5",
        "POL-005, 5",
        "POL-006, 1",
        "POL-007, 2",
        "CDC-001, 2",
        "CDC-002, 1",
        "CDC-006, 2",
        "CDC-011, 1",
        "DEP-110, 1",
        "DEP-302, 1",
        "DEP-499, 1",
        "MSK-003, 1",
        "SNK-006, 1"
    })
    void aFailureHasTheExitCodeOfItsKind(String code, int exit) {
        assertThat(ExitCode.of(code)).isEqualTo(exit);
    }

    @Test
    void aCommandThatRunsForLongActs() {
        assertThat(Commands.all().stream().filter(Commands.Known::isLongRunning).map(Commands.Known::path))
                .isNotEmpty()
                .isSubsetOf(Commands.ACTING.keySet());
        assertThat(Commands.all().stream().map(Commands.Known::path)).containsAll(Commands.ACTING.keySet());
    }

    private static Map<String, Integer> constants() {
        Map<String, Integer> constants = new TreeMap<>();
        for (Field field : ExitCode.class.getDeclaredFields()) {
            if (field.getType() != int.class) {
                continue;
            }
            try {
                constants.put(field.getName(), field.getInt(null));
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        return constants;
    }

    private static Set<Integer> numbers(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
