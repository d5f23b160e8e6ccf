package dev.sluice.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.deploy.cli.Commands;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the documents and the messages promise is there: commands, links, settings, error codes. */
class PromisesTest {

    private static final int README_LINES = 200;
    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\\n(.*?)```");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("\\b(?:CDC|POL|MSK|SNK|AUD|DEP)-\\d{3}\\b");
    private static final Pattern LITERAL = Pattern.compile("(?<!equals\\()\"((?:CDC|POL|MSK|SNK|AUD|DEP)-\\d{3})\"");
    private static final Pattern ADVICE =
            Pattern.compile("sluice ((?:demo|run|validate|status|doctor|capture|policy|table|dlq|lineage|erasure|audit)"
                    + "(?: (?:check|test|plan|list|show|history|record|submit|verify|snapshot|replay|scan))?)\\b");

    @TempDir
    private Path folder;

    @Test
    void everyCommandInTheDocumentsCanBeTyped() throws IOException {
        Set<String> commands = DocumentedCommands.all();

        assertThat(commands).hasSizeGreaterThan(10).contains("audit verify");
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

        assertThat(advised).hasSizeGreaterThan(10);
        for (String command : advised) {
            CommandLine line = new CommandLine(new Sluice());
            for (String word : command.split(" ", -1)) {
                line = line.getSubcommands().get(word);
                assertThat(line).as(command).isNotNull();
            }
        }
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
