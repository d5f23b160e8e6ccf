package dev.sluice.cdc.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CrashPointTest {
    /** Visits two points three times each in a process of its own and says what it survived. */
    public static final class Victim {
        public static void main(String[] args) {
            for (int visit = 1; visit <= 3; visit++) {
                CrashPoint.reached("CP01");
                CrashPoint.reached("CP02");
                System.out.println("survived " + visit);
            }
        }
    }

    @Test
    void killsTheProcessAtTheNamedVisitOfTheNamedPoint() throws Exception {
        Ended ended = run("-D" + CrashPoint.PROPERTY + "=CP02:2");

        assertThat(ended.exit()).isEqualTo(137);
        assertThat(ended.output()).isEqualToIgnoringNewLines("survived 1");
    }

    @Test
    void killsAtTheFirstVisitWhenNoneIsNamed() throws Exception {
        Ended ended = run("-D" + CrashPoint.PROPERTY + "=CP01");

        assertThat(ended.exit()).isEqualTo(137);
        assertThat(ended.output()).isEmpty();
    }

    @Test
    void doesNothingWhenNoPointIsArmed() throws Exception {
        Ended ended = run("-Dsluice.unrelated=1");

        assertThat(ended.exit()).isZero();
        assertThat(ended.output()).endsWith("survived 3\n");
    }

    @Test
    void readsPointAndVisit() {
        assertThat(CrashPoint.pointOf("CP13:2")).isEqualTo("CP13");
        assertThat(CrashPoint.visitOf("CP13:2")).isEqualTo(2);
        assertThat(CrashPoint.visitOf("CP13")).isEqualTo(1);
        assertThatThrownBy(() -> CrashPoint.visitOf("CP13:0")).hasMessageContaining("1 or more");
    }

    private record Ended(int exit, String output) {}

    private static Ended run(String property) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        property,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
