package dev.sluice.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the main code to the size budgets. What may exceed one is listed, with the reason, in {@code
 * deploy/src/test/resources/budget-exceptions.txt}; a line there that is no longer needed fails the test too.
 */
class BudgetTest {

    private static final Map<SourceMetrics.Kind, Integer> BUDGETS = Map.of(
            SourceMetrics.Kind.FILE_LINES, 300,
            SourceMetrics.Kind.METHOD_LINES, 40,
            SourceMetrics.Kind.COMPLEXITY, 8,
            SourceMetrics.Kind.PARAMETERS, 5,
            SourceMetrics.Kind.IMPORTS, 30,
            SourceMetrics.Kind.FIELDS, 8);
    private static final int FILES_PER_PACKAGE = 15;
    private static final int COLUMNS = 120;

    private static List<SourceMetrics.Measure> measures = List.of();
    private static Map<String, String> exceptions = Map.of();

    @BeforeAll
    static void measure() throws IOException {
        measures = SourceMetrics.of(Sources.mainJava());
        exceptions = readExceptions();
    }

    @Test
    void measuresRealCode() {
        assertThat(measures).hasSizeGreaterThan(50);
    }

    @Test
    void everyMeasureIsInsideItsBudgetOrArgued() {
        List<String> over = measures.stream()
                .filter(m -> m.value() > BUDGETS.get(m.kind()))
                .filter(m -> !exceptions.containsKey(m.kind() + " " + m.place()))
                .map(m -> m.kind() + " " + m.place() + " = " + m.value() + " (budget " + BUDGETS.get(m.kind()) + ")")
                .toList();

        assertThat(over).isEmpty();
    }

    @Test
    void everyExceptionIsStillNeeded() throws IOException {
        Set<String> over = measures.stream()
                .filter(m -> m.value() > BUDGETS.get(m.kind()))
                .map(m -> m.kind() + " " + m.place())
                .collect(Collectors.toCollection(TreeSet::new));
        packageSizes().forEach((pkg, size) -> {
            if (size > FILES_PER_PACKAGE) {
                over.add("FILES " + pkg);
            }
        });

        assertThat(exceptions.keySet()).isSubsetOf(over);
    }

    @Test
    void packagesStaySmall() throws IOException {
        List<String> over = packageSizes().entrySet().stream()
                .filter(e -> e.getValue() > FILES_PER_PACKAGE)
                .filter(e -> !exceptions.containsKey("FILES " + e.getKey()))
                .map(e -> e.getKey() + " has " + e.getValue() + " files")
                .toList();

        assertThat(over).isEmpty();
    }

    @Test
    void linesStayInsideTheColumns() throws IOException {
        List<String> wide = new ArrayList<>();
        for (Path file : Sources.mainJava()) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (line.length() > COLUMNS && !line.startsWith("import ")) {
                    wide.add(Sources.root().relativize(file) + ":" + number);
                }
            }
        }

        assertThat(wide).isEmpty();
    }

    private static Map<String, Long> packageSizes() throws IOException {
        return Sources.mainJava().stream()
                .filter(f -> !f.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(
                        f -> Sources.root().relativize(f.getParent()).toString(), TreeMap::new, Collectors.counting()));
    }

    private static Map<String, String> readExceptions() throws IOException {
        Map<String, String> read = new TreeMap<>();
        Path file = Sources.root().resolve("deploy/src/test/resources/budget-exceptions.txt");
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" -- ", 2);
                assertThat(parts)
                        .as("every exception carries its reason: " + line)
                        .hasSize(2);
                read.put(parts[0].strip(), parts[1].strip());
            }
        }
        return read;
    }
}
