package dev.sluice.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the page of the details of history to the tests that it names. */
class SemanticsTest {

    private static final int DETAILS = 38;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");
    private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");
    private static final Set<String> MARKS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "Property", "Example");

    private static List<Detail> details = List.of();
    private static Map<String, List<String>> tests = Map.of();

    /** One row of the page. */
    private record Detail(int number, List<String> cells) {
        String proof() {
            return cells.get(3);
        }

        String missing() {
            return cells.get(4);
        }

        Stream<String> named() {
            return QUOTED.matcher(proof()).results().map(quoted -> quoted.group(1));
        }
    }

    @BeforeAll
    static void read() throws IOException {
        String page = Files.readString(Sources.root().resolve("deploy/docs/semantics.md"));
        details = ROW.matcher(page).results().map(SemanticsTest::detail).toList();
        tests = testMethods();
    }

    private static Detail detail(MatchResult row) {
        String line = row.group();
        List<String> cells = Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                .map(String::strip)
                .toList();
        return new Detail(Integer.parseInt(row.group(1)), cells);
    }

    @Test
    void everyDetailHasItsRow() {
        assertThat(details)
                .extracting(Detail::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, DETAILS).boxed().toList());
        assertThat(details).allSatisfy(detail -> {
            assertThat(detail.cells()).as("cells of row %d", detail.number()).hasSize(5);
            assertThat(detail.cells().subList(0, 4))
                    .as("row %d", detail.number())
                    .doesNotContain("");
        });
    }

    @Test
    void everyRowIsProvedOrSaysThatItIsNot() {
        assertThat(details).allSatisfy(detail -> {
            assertThat(detail.missing()).as("row %d", detail.number()).matches("|not yet: [A-Z].*\\.");
            assertThat(detail.named().findAny().isPresent()
                            || detail.proof().equals("no test")
                            || detail.missing().startsWith("not yet"))
                    .as("row %d", detail.number())
                    .isTrue();
        });
    }

    @Test
    void everyNamedTestExistsOnce() {
        List<String> wrong = new ArrayList<>();
        for (Detail detail : details) {
            detail.named()
                    .filter(name -> tests.getOrDefault(name, List.of()).size() != 1)
                    .map(name -> "row " + detail.number() + ": " + name + " in " + tests.get(name))
                    .forEach(wrong::add);
        }

        assertThat(details.stream().flatMap(Detail::named)).hasSizeGreaterThan(DETAILS);
        assertThat(wrong).isEmpty();
    }

    /** The files that hold each test, by {@code Class.method}. */
    private static Map<String, List<String>> testMethods() throws IOException {
        Map<String, List<String>> methods = new TreeMap<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    manager,
                    null,
                    List.of("-proc:none"),
                    null,
                    manager.getJavaFileObjectsFromPaths(Sources.testJava()));
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(methods, Path.of(unit.getSourceFile().toUri())).scan(unit, "");
            }
        }
        return methods;
    }

    private static final class Scanner extends TreeScanner<Void, String> {
        private final Map<String, List<String>> methods;
        private final String file;

        Scanner(Map<String, List<String>> methods, Path file) {
            this.methods = methods;
            this.file = Sources.root().relativize(file).toString();
        }

        @Override
        public Void visitClass(ClassTree type, String outer) {
            return super.visitClass(type, type.getSimpleName().toString());
        }

        @Override
        public Void visitMethod(MethodTree method, String type) {
            if (method.getModifiers().getAnnotations().stream().anyMatch(Scanner::marks)) {
                methods.computeIfAbsent(type + "." + method.getName(), name -> new ArrayList<>())
                        .add(file);
            }
            return super.visitMethod(method, type);
        }

        private static boolean marks(AnnotationTree annotation) {
            String name = annotation.getAnnotationType().toString();
            return MARKS.contains(name.substring(name.lastIndexOf('.') + 1));
        }
    }
}
