package dev.sluice.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.deploy.cli.Commands;
import dev.sluice.deploy.cli.Commands.Known;
import dev.sluice.deploy.cli.Sluice;
import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.pipeline.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the documents and the messages promise is there: commands, links, settings, error codes. */
class PromisesTest {

    private static final int README_LINES = 200;
    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\\n(.*?)```");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("\\b(?:CDC|POL|MSK|SNK|AUD|DEP)-\\d{3}\\b");
    private static final Pattern LITERAL = Pattern.compile("(?<!equals\\()\"((?:CDC|POL|MSK|SNK|AUD|DEP)-\\d{3})\"");
    private static final Pattern ADVICE = Pattern.compile("\\bsluice ([a-z]+(?: [a-z]+){0,4})");

    /** Words that follow the name of the product where a sentence goes on and no command is named. */
    private static final Set<String> PROSE = Set.of("again", "as", "connect", "does", "fetches", "in", "reads", "that");

    @TempDir
    private Path folder;

    @Test
    void everyCommandInTheDocumentsCanBeTyped() throws IOException {
        Set<String> commands = DocumentedCommands.all();

        assertThat(commands).hasSizeGreaterThan(10).contains("audit verify");
        assertThat(DocumentedCommands.documents())
                .as("the page that init writes is in a deep folder")
                .anyMatch(document -> document.endsWith("propose/starter/README.md"));
        assertThat(commands).allSatisfy(command -> assertThatCode(() -> Commands.parse(command))
                .as(command)
                .doesNotThrowAnyException());
    }

    @Test
    void everyCommandInAMessageExists() throws IOException {
        Set<String> advised = new TreeSet<>();
        for (Path source : Sources.mainJava()) {
            ADVICE.matcher(Files.readString(source)).results().forEach(found -> advised.add(found.group(1)));
        }

        Set<String> known = Commands.all().stream().map(Known::path).collect(Collectors.toSet());
        assertThat(advised.stream().map(PromisesTest::command))
                .as("commands that messages and comments name")
                .isSubsetOf(known)
                .hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @CsvSource({
        "dlq list,             dlq list",
        "dlq stat,             dlq stat",
        "erasure scan now,     erasure scan",
        "capture,              capture",
        "help exit,            help",
        "init writes a file,   init",
        "statu,                statu",
        "reads the file,       ''"
    })
    void aCommandEndsWhereTheTreeOfCommandsEnds(String words, String command) {
        assertThat(command(words)).isEqualTo(command);
    }

    /** The command that the words begin with, as far as they name one; with the first word that names none. */
    private static String command(String words) {
        CommandLine line = new CommandLine(new Sluice());
        String path = "";
        for (String word : words.split(" ", -1)) {
            if (line == null || line.getSubcommands().isEmpty() || (path.isEmpty() && PROSE.contains(word))) {
                break;
            }
            path = (path + " " + word).strip();
            line = line.getSubcommands().get(word);
        }
        return path;
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : DocumentedCommands.documents()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(document)).results().toList()) {
                links++;
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    broken.add(document.getFileName() + " -> " + link.group(1));
                }
            }
        }

        assertThat(links).isGreaterThan(10);
        assertThat(broken).isEmpty();
    }

    @Test
    void theReadmeStaysShort() throws IOException {
        assertThat(Files.readAllLines(Sources.root().resolve("README.md"))).hasSizeLessThanOrEqualTo(README_LINES);
    }

    @Test
    void thePipelineFileOfTheDocumentsIsAccepted() throws IOException {
        String page = Files.readString(Sources.root().resolve("deploy/docs/pipeline.md"));
        String yaml = BLOCK.matcher(page)
                .results()
                .filter(block -> block.group(1).equals("yaml"))
                .map(block -> block.group(2))
                .findFirst()
                .orElseThrow();
        Files.createSymbolicLink(folder.resolve("policy"), DemoHome.samplePolicy());
        Path secret = Files.writeString(folder.resolve("secret"), "hush\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), yaml);

        assertThat(PipelineFile.read(file).name()).isEqualTo("shop");
    }

    @Test
    void everyCodeInTheDocumentsExists() throws IOException {
        Set<String> known = codes().keySet();
        Set<String> named = new TreeSet<>();
        for (Path document : DocumentedCommands.documents()) {
            CODE.matcher(Files.readString(document)).results().forEach(code -> named.add(code.group()));
        }

        assertThat(named).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void everyCodeMeansOneThing() throws IOException {
        assertThat(codes().entrySet())
                .allSatisfy(
                        code -> assertThat(code.getValue()).as(code.getKey()).hasSize(1));
    }

    /** The files that name each code as a text of its own. */
    private static Map<String, Set<String>> codes() throws IOException {
        Map<String, Set<String>> codes = new HashMap<>();
        for (Path source : Sources.mainJava()) {
            LITERAL.matcher(Files.readString(source)).results().forEach(code -> codes.computeIfAbsent(
                            code.group(1), c -> new HashSet<>())
                    .add(source.getFileName().toString()));
        }
        return codes;
    }
}
