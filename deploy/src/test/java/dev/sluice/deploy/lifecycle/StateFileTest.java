package dev.sluice.deploy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateFileTest {

    private static final Instant AT = Instant.parse("2026-11-20T08:00:00Z");
    private static final LifeCycle.Failed FAILED = new LifeCycle.Failed(AT, "capture", "CDC-042", "CDC-042 Slow.");

    @TempDir
    private Path folder;

    private static Stream<LifeCycle> states() {
        return Stream.of(
                new LifeCycle.Opening(AT, "spark"),
                new LifeCycle.Snapshotting(AT),
                new LifeCycle.Streaming(AT),
                new LifeCycle.Stopping(AT, "Asked to."),
                new LifeCycle.Stopped(AT, "Asked to."),
                FAILED);
    }

    @ParameterizedTest
    @MethodSource("states")
    void readsBackEveryState(LifeCycle state) {
        StateFile file = new StateFile(folder.resolve("state.json"));

        file.write(state);

        assertThat(file.read().orElseThrow().state()).isEqualTo(state);
        assertThat(state.reason()).isNotBlank();
        assertThat(state.next()).isNotBlank();
    }

    @Test
    void keepsTheLastFailureThroughTheNextStart() {
        StateFile file = new StateFile(folder.resolve("state.json"));
        file.write(FAILED);
        file.write(new LifeCycle.Opening(AT.plusSeconds(60), "keys"));
        file.write(new LifeCycle.Streaming(AT.plusSeconds(70)));

        StateFile.KeptState content = file.read().orElseThrow();

        assertThat(content.state()).isInstanceOf(LifeCycle.Streaming.class);
        assertThat(content.lastFailure()).contains(FAILED);
        assertThat(FAILED.next()).isEqualTo("sluice explain CDC-042");
    }

    @Test
    void saysNothingWithoutAFileAndRefusesATornOne() throws IOException {
        Path torn = folder.resolve("state.json");
        assertThat(new StateFile(torn).read()).isEmpty();
        Files.writeString(torn, "{\"version\":1,\"sta");

        assertThatThrownBy(() -> new StateFile(torn).read()).hasMessageStartingWith("DEP-312");
    }
}
