package dev.sluice.deploy.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A test waits for what it needs, with a limit, and never for a time. */
class PatienceTest {

    private static final Pattern SLEEP =
            Pattern.compile("\\b(?:Thread|TimeUnit\\.\\w+|[A-Z]+SECONDS)\\.sleep\\b|\\bpark(?:Nanos|Until)\\b");

    @Test
    void noTestSleeps() throws IOException {
        List<String> sleeps = new ArrayList<>();
        List<Path> files = Sources.testJava();
        for (Path file : files) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (SLEEP.matcher(line).find()) {
                    sleeps.add(Sources.root().relativize(file) + ":" + number + " " + line.strip());
                }
            }
        }

        assertThat(files).hasSizeGreaterThan(150);
        assertThat(sleeps).isEmpty();
    }
}
