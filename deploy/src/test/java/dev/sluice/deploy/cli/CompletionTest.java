package dev.sluice.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script works in a real bash. */
class CompletionTest {

    @TempDir
    private Path folder;

    private Path script;

    @BeforeEach
    void write() throws IOException {
        Commands.Printed printed = Commands.print("completion");
        assertThat(printed.code()).isEqualTo(ExitCode.OK);
        assertThat(printed.err()).isEmpty();
        script = Files.writeString(folder.resolve("completion.bash"), printed.out());
    }

    @Test
    void bashAcceptsTheScript() throws IOException {
        assertThat(bash("-n", script.toString())).isEmpty();
    }

    /**
     * Asks bash which function it registered for the command, and calls the function as bash does at the tab key. Outside a real key
     * press bash has no completion to set options for, and says so on standard error.
     */
    @ParameterizedTest
    @CsvSource({
        "sluice stat,              1, status",
        "sluice erasure st,        2, status",
        "sluice table his,         2, history",
        "sluice status -o js,      3, json jsonl",
        "sluice help --no,         2, --no-color"
    })
    void bashCompletesAWord(String typed, int word, String completed) throws IOException {
        String program = "source '" + script + "'; COMP_WORDS=(" + typed + "); COMP_CWORD=" + word
                + "; function=$(complete -p sluice | sed 's/.* -F \\([^ ]*\\) .*/\\1/'); $function 2>/dev/null; echo ${COMPREPLY[*]}";

        assertThat(bash("-c", program)).isEqualTo(completed + "\n");
    }

    private static String bash(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 2];
        command[0] = "bash";
        command[1] = "--norc";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as(out).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return out;
    }
}
