package dev.sluice.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One word for one thing: class names, the words of comments, the form of error texts. */
class NamesTest {

    private static final Pattern RIDDLES = Pattern.compile(
            "(?i)\\b(nobody|somebody|anybody|whoever|is told of|only spelling|one spelling for|manager|helper|utils)\\b");
    private static final Pattern BLOCK_COMMENT = Pattern.compile("^\\s*\\*.*");

    /** A comment, alone in its line or behind code; two slashes in a text are none. */
    private static final Pattern LINE_COMMENT =
            Pattern.compile("^(?:[^\"'/]|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)+'|/(?![/*]))*(/[/*].*)");

    private static final Pattern ERROR_TEXT =
            Pattern.compile("\"(?:CDC|POL|MSK|SNK|AUD|DEP)-\\d{3}\",\\s*\"([^\"]*)\"");

    @Test
    void noClassNameStandsTwiceInTheProduct() throws IOException {
        Map<String, List<String>> places = typeNames();

        assertThat(places).hasSizeGreaterThan(300);
        assertThat(places.entrySet().stream()
                        .filter(name -> name.getValue().size() > 1)
                        .map(name -> name.getKey() + " in " + name.getValue()))
                .isEmpty();
    }

    @Test
    void commentsNameWhoDoesWhat() throws IOException {
        List<String> riddles = new ArrayList<>();
        for (Path file : Sources.mainJava()) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (RIDDLES.matcher(comment(line)).find()) {
                    riddles.add(Sources.root().relativize(file) + ":" + number + " " + line.strip());
                }
            }
        }

        assertThat(riddles).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "    // alone|// alone",
                "    call(a * b); // behind|// behind",
                "     * in a block|     * in a block",
                "    /** one line. */|/** one line. */",
                "    call(\"http://host\", '\"'); // \"behind\"|// \"behind\"",
                "    call(\"no // comment\", a / b);|~~"
            })
    void aCommentIsFoundAlsoBehindCode(String line, String comment) {
        assertThat(comment(line).strip()).isEqualTo(comment.strip());
    }

    private static String comment(String line) {
        Matcher behind = LINE_COMMENT.matcher(line);
        return BLOCK_COMMENT.matcher(line).matches() ? line : behind.matches() ? behind.group(1) : "";
    }

    @Test
    void errorTextsAreSentences() throws IOException {
        List<String> fragments = new ArrayList<>();
        int texts = 0;
        for (Path file : Sources.mainJava()) {
            for (String text : ERROR_TEXT
                    .matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .toList()) {
                texts++;
                if (!text.isEmpty() && Character.isLowerCase(text.charAt(0))) {
                    fragments.add(file.getFileName() + ": " + text);
                }
            }
        }

        assertThat(texts).isGreaterThan(60);
        assertThat(fragments).isEmpty();
    }

    private static Map<String, List<String>> typeNames() throws IOException {
        Map<String, List<String>> places = new TreeMap<>();
        SourceTrees.each(
                Sources.mainJava(),
                (path, unit) -> new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitClass(ClassTree type, Void none) {
                        String name = type.getSimpleName().toString();
                        if (!name.isEmpty()) {
                            places.computeIfAbsent(name, n -> new ArrayList<>()).add(path);
                        }
                        return super.visitClass(type, null);
                    }
                }.scan(unit, null));
        return places;
    }
}
