package dev.sluice.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Help of every command and every topic. */
class HelpTest {

    private static final Path PAGES = Path.of("src/main/resources/dev/sluice/deploy/cli/help");
    private static final int COLUMNS = 80;

    private static Stream<Commands.Known> commands() {
        return Commands.all().stream();
    }

    private static Stream<String> topics() {
        return HelpCommand.TOPICS.stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandShowsUsageDescriptionAndExample(Commands.Known command) {
        List<String> words = Commands.words(command.path() + " --help");

        Commands.Printed help = Commands.print(words.toArray(String[]::new));

        assertThat(help.code()).isEqualTo(ExitCode.OK);
        assertThat(help.err()).isEmpty();
        String description = command.line().getCommandSpec().usageMessage().description()[0];
        assertThat(help.out().replaceAll("\\s+", " "))
                .contains(("Usage: sluice " + command.path()).strip())
                .contains(description)
                .contains("Example");
        assertThat(HelpPages.commands(help.out()))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(example).startsWith(command.path()))
                .allSatisfy(example -> assertThatCode(() -> Commands.parse(example))
                        .as(example)
                        .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpWithTheWordsOfACommandShowsTheSame(Commands.Known command) {
        Commands.Printed option =
                Commands.print(Commands.words(command.path() + " --help").toArray(String[]::new));

        Commands.Printed words =
                Commands.print(Commands.words("help " + command.path()).toArray(String[]::new));

        assertThat(words.code()).isEqualTo(ExitCode.OK);
        assertThat(words.out()).startsWith(option.out());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyTopicIsAPageOfEightyColumnsWithCommandsThatCanBeTyped(String topic) {
        Commands.Printed page = Commands.print("help", topic);

        assertThat(page.code()).isEqualTo(ExitCode.OK);
        String text = read(PAGES.resolve(topic + ".txt"));
        assertThat(page.out()).endsWith(text);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(COLUMNS));
        assertThat(HelpPages.commands(text)).allSatisfy(example -> assertThatCode(() -> Commands.parse(example))
                .as(example)
                .doesNotThrowAnyException());
    }

    @Test
    void everyPageIsATopic() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            topics().map(topic -> topic + ".txt").toList());
        }
    }

    @Test
    void helpAloneListsCommandsAndTopics() {
        Commands.Printed help = Commands.print("help");

        assertThat(help.code()).isEqualTo(ExitCode.OK);
        assertThat(help.out()).startsWith(Commands.print("--help").out()).contains("Topics");
        assertThat(help.out()).contains(HelpCommand.TOPICS);
    }

    @Test
    void aWordThatIsACommandAndATopicShowsBoth() {
        assertThat(Commands.print("help", "erasure").out()).contains("Usage: sluice erasure", "permanent marker");
    }

    @ParameterizedTest
    @CsvSource({
        "exit-code,                Did you mean exit-codes?",
        "statuss,                  Did you mean status?",
        "table histroy,            Did you mean history?",
        "table nothing-like-that,  The command table has no command",
        "nothing-like-that,        'The topics are getting-started, home, transport,'",
        "table list more,          The command list has no command more"
    })
    void anUnknownWordIsAWrongCall(String words, String said) {
        Commands.Printed help = Commands.print(Commands.words("help " + words).toArray(String[]::new));

        assertThat(help.code()).isEqualTo(ExitCode.USAGE);
        assertThat(help.out()).isEmpty();
        assertThat(help.err()).startsWith("DEP-408 ").contains(said);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
