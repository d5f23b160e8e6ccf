package dev.sluice.deploy.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.DeployException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log of a child: real processes print into it. */
@Timeout(60)
class ChildLogTest {

    @TempDir
    Path temp;

    @Test
    void aChildThatPrintsMuchKeepsTheEndOnly() throws Exception {
        Child child = launch("yes 0123456789 | head -c 20000000; echo; echo the end; exec sleep 300");
        try {
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> ChildLog.tail(log()).contains("the end"));

            assertThat(Files.size(log())).isLessThanOrEqualTo(ChildLog.MAX_BYTES);
            assertThat(Files.size(temp.resolve("talker.log.1"))).isBetween(1L << 20, ChildLog.MAX_BYTES);
            assertThat(temp.toFile().list()).containsOnly("talker.log", "talker.log.1", "child.pid");
        } finally {
            child.stop();
        }
    }

    @Test
    void theLastLinesOfAChildThatEndsAreThere() throws Exception {
        Child child = launch("seq 1 100000; exit 9");

        ChildFailure failure = failure(child).get(30, TimeUnit.SECONDS);

        assertThat(failure.exitCode()).isEqualTo(9);
        assertThat(failure.lastLines()).hasSize(ChildFailure.LINES).last().isEqualTo("100000");
    }

    @Test
    void theNextStartAppends() throws Exception {
        Files.writeString(log(), "before\n");

        assertThat(launch("echo after").awaitEnd(Duration.ofSeconds(30))).isZero();

        await().untilAsserted(() -> assertThat(log()).hasContent("before\nafter"));
    }

    @Test
    void aLogThatCannotBeWrittenDoesNotStopTheChild() throws Exception {
        Files.createDirectory(log());

        assertThat(launch("yes | head -c 1000000 && exit 4").awaitEnd(Duration.ofSeconds(30)))
                .isEqualTo(4);
    }

    @Test
    void onlyTheEndOfALogIsRead() throws IOException {
        try (RandomAccessFile huge = new RandomAccessFile(log().toFile(), "rw")) {
            huge.setLength(1L << 40);
            huge.seek(huge.length());
            huge.writeBytes("\nthe end\n");
        }

        assertThat(ChildLog.tail(log())).last().isEqualTo("the end");
        assertThat(ChildLog.tail(temp.resolve("none"))).isEmpty();
    }

    @Test
    void aChildThatDoesNotEndInTimeIsStopped() {
        Child child = launch("echo still busy; exec sleep 300");

        assertThatThrownBy(() -> child.awaitEnd(Duration.ofSeconds(1)))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("DEP-103")
                .hasMessageContaining("still busy");
        assertThat(child.program()).isEmpty();
        assertThat(failure(child)).isNotDone();
    }

    private static CompletableFuture<ChildFailure> failure(Child child) {
        CompletableFuture<ChildFailure> failure = new CompletableFuture<>();
        child.onFailure(failure::complete);
        return failure;
    }

    private Child launch(String script) {
        return Child.launch(new Child.Spec(
                "talker",
                List.of("/bin/sh", "-c", script),
                Map.of(),
                temp,
                log(),
                new Leash("TERM", Duration.ofSeconds(5))));
    }

    private Path log() {
        return temp.resolve("talker.log");
    }
}
