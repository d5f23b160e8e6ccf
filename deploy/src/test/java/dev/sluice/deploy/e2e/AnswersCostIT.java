package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.ask.Answers;
import dev.sluice.deploy.cli.Commands;
import dev.sluice.deploy.e2e.PlayedDemo.Played;
import dev.sluice.deploy.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a question costs on a home with many batches: processor time of the whole process, beyond that of a command
 * which asks nothing. The cost is compared with that command, because both grow on a busy machine and without a class
 * archive.
 */
@ExtendWith(PlayedDemo.class)
class AnswersCostIT {

    private static final int BATCHES = 20;
    private static final int TRIES = 3;
    /** The last line of what the shell's {@code times} prints: user and system time of its children. */
    private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

    @TempDir
    private static Path folder;

    private static Path home;
    private static double start;

    @BeforeAll
    static void grow(Played played) throws IOException, InterruptedException {
        home = folder.resolve("home");
        Folders.copy(played.home(), home);
        List<String> tables = new Answers(Home.existing(home))
                .tables().stream().map(line -> line.table().name()).toList();
        GrownHome.grow(home, tables, BATCHES);
        start = Math.min(run(List.of("version")), run(List.of("version")));
    }

    /**
     * A start takes about 0.4 s. The tests have no class archive; with the archive an answer costs about half of this.
     */
    @ParameterizedTest
    @CsvSource({
        "status,                            2.0",
        "table list,                        3.2",
        "table show customers,              2.3",
        "table history customers --key 1,   3.0",
        "lineage record customers --key 1,  3.3",
        "dlq list,                          3.0",
        "erasure status,                    2.0",
        "audit verify,                      1.6"
    })
    void anAnswerCostsAtMostThatManyStarts(String typed, double starts) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(Commands.words(typed));
        words.addAll(List.of("--home", home.toString()));

        assertThat(cost(words, starts))
                .as("%s, where a start costs %s s", typed, start)
                .isLessThan(starts);
    }

    /** What the cheapest of some runs costs beyond a start, in starts; a run that is cheap enough is the last. */
    private static double cost(List<String> words, double enough) throws IOException, InterruptedException {
        double cheapest = Double.MAX_VALUE;
        for (int i = 0; i < TRIES && cheapest >= enough; i++) {
            cheapest = Math.min(cheapest, (run(words) - start) / start);
        }
        return cheapest;
    }

    /** Seconds of processor time of one run. */
    private static double run(List<String> words) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Path times = folder.resolve("times.txt");
        String measured = "times=$1; shift; \"$@\"; code=$?; times >\"$times\"; exit $code";
        List<String> command = new ArrayList<>(List.of("sh", "-c", measured, "sh", times.toString()));
        command.addAll(Product.command(words.toArray(String[]::new)));

        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();

        assertThat(code).as(Files.readString(said)).isZero();
        Matcher found = TIMES.matcher(Files.readString(times));
        assertThat(found.find()).isTrue();
        return 60 * Double.parseDouble(found.group(1))
                + Double.parseDouble(found.group(2))
                + 60 * Double.parseDouble(found.group(3))
                + Double.parseDouble(found.group(4));
    }
}
