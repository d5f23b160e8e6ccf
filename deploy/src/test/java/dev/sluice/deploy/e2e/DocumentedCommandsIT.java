package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.ask.Explanation;
import dev.sluice.deploy.ask.Explanations;
import dev.sluice.deploy.cli.Commands;
import dev.sluice.deploy.cli.Commands.Known;
import dev.sluice.deploy.cli.HelpPages;
import dev.sluice.deploy.e2e.PlayedDemo.Played;
import dev.sluice.deploy.house.DocumentedCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command that a document, a help page, an example of {@code --help} or an explanation of a code tells a reader to
 * type. The commands that only ask are run on the home of the played demo.
 */
@ExtendWith(PlayedDemo.class)
class DocumentedCommandsIT {

    private static final int OK = 0;
    private static final int USAGE = 2;
    private static final int FAULTS = 3;

    /** The commands that act are parsed here and run there. */
    private static final Map<String, String> RUN_BY = Map.of(
            "demo", "dev.sluice.deploy.e2e.ScriptedDemoIT",
            "run", "dev.sluice.deploy.e2e.OwnDatabaseIT",
            "init", "dev.sluice.deploy.pipeline.draft.PipelineDraftIT",
            "stop", "dev.sluice.deploy.e2e.OwnDatabaseIT",
            "reset", "dev.sluice.deploy.e2e.OwnDatabaseIT",
            "capture reset", "dev.sluice.deploy.e2e.CaptureResetIT",
            "capture snapshot", "dev.sluice.deploy.e2e.TableSnapshotIT",
            "dlq replay", "dev.sluice.deploy.e2e.DeadLetterIT",
            "dlq discard", "dev.sluice.deploy.letter.DiscardIT",
            "erasure submit", "dev.sluice.deploy.e2e.LiveDemoIT");

    @TempDir
    private static Path folder;

    private static Path home;

    /** What a reader puts in the place of a word of a document. */
    private static Map<String, String> words = Map.of();

    @BeforeAll
    static void play(Played played) throws IOException {
        home = played.home();
        Map<String, String> here = new HashMap<>(new Calls(home).samples());
        here.put("pipeline.yaml", home.resolve("pipeline.yaml").toString());
        here.put("er-2c26b46b68ff", here.get("CASE"));
        here.put("shop.public.customers-0-17", here.get("ID"));
        here.put("@key.txt", "@" + Files.writeString(folder.resolve("key.txt"), "1\n"));
        here.put("shop/pipeline.yaml", home.resolve("pipeline.yaml").toString());
        here.put("cities", "customers");
        here.put("TOPIC", "home");
        words = here;
    }

    private static Set<String> written() throws IOException {
        Set<String> written = new TreeSet<>(DocumentedCommands.all());
        written.addAll(HelpPages.commands());
        Explanations.read().all().stream()
                .map(Explanation::next)
                .map(next -> next.substring("sluice ".length()))
                .forEach(written::add);
        return written;
    }

    private static Stream<String> asking() throws IOException {
        return written().stream().filter(command -> !Commands.acts(command));
    }

    private static Stream<String> acting() throws IOException {
        return written().stream().filter(Commands::acts);
    }

    @ParameterizedTest
    @MethodSource("asking")
    void aCommandThatAsksAnswers(String command) {
        Cli answer = Cli.run(onTheHome(command).toArray());

        if (answer.code() == USAGE) {
            assertThat(answer.err()).as("the demo lacks nothing but a row").startsWith("DEP-452 ");
        } else {
            assertThat(answer.code()).as(answer.err()).isIn(OK, FAULTS);
        }
    }

    /** The first commands that a reader types must not end at a row that is not there at this moment. */
    @Test
    void theRowsOfTheReadmeAreThere() throws IOException {
        List<String> questions =
                DocumentedCommands.in(Path.of("..").toAbsolutePath().normalize().resolve("README.md")).stream()
                        .filter(command -> command.contains("--key"))
                        .toList();

        assertThat(questions).isNotEmpty();
        for (String question : questions) {
            Cli answer = Cli.run(Stream.concat(onTheHome(question).stream(), Stream.of("-o", "json"))
                    .toArray());
            assertThat(answer.code()).as(question + ": " + answer.err()).isEqualTo(OK);
            assertThat(answer.json()).as(question).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("acting")
    void aCommandThatActsCanBeTypedAndIsRunByATest(String command) {
        Commands.parse(command);

        assertThat(RUN_BY).containsKey(known(command).path());
    }

    @Test
    void everyCommandThatActsIsRunByATest() {
        assertThat(RUN_BY).containsOnlyKeys(Commands.ACTING.keySet());
        assertThat(RUN_BY.values())
                .allSatisfy(test -> assertThat(Class.forName(test)).isNotNull());
    }

    /** The command of a line: the longest path that the line begins with. */
    private static Known known(String command) {
        return Commands.all().stream()
                .filter(known -> (command + " ").startsWith(known.path() + " "))
                .max(Comparator.comparingInt(known -> known.path().length()))
                .orElseThrow();
    }

    private static List<String> onTheHome(String command) {
        Known known = known(command);
        List<String> typed = new ArrayList<>(Commands.words(command));
        int path = Commands.words(known.path()).size();
        for (int i = path; i < typed.size(); i++) {
            String word = typed.get(i);
            typed.set(
                    i,
                    switch (typed.get(i - 1)) {
                        case "--home" -> home.toString();
                        case "--dir" -> home.resolve("policy").toString();
                        default -> words.getOrDefault(word, word);
                    });
        }
        if (known.has("--home") && !typed.contains("--home") && !typed.contains("--help")) {
            typed.addAll(List.of("--home", home.toString()));
        }
        return typed;
    }
}
