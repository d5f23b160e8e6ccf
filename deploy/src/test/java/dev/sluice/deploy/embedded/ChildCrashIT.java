package dev.sluice.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.embedded.process.ChildFailure;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildCrashIT {

    @TempDir
    Path temp;

    @Test
    void aKilledRegistryIsReportedWithTheEndOfItsLog() throws Exception {
        Home home = Home.open(temp);
        try (EmbeddedRuntime runtime = EmbeddedRuntime.start(home, EnumSet.of(Part.REGISTRY))) {
            runtime.process(Part.REGISTRY).orElseThrow().destroyForcibly();

            ChildFailure failure = failure(runtime).get(10, TimeUnit.SECONDS);

            assertThat(failure.child()).isEqualTo("registry");
            assertThat(failure.exitCode()).isEqualTo(137);
            assertThat(failure.log()).isEqualTo(home.logs().resolve("registry.log"));
            assertThat(failure.lastLines()).isNotEmpty().hasSizeLessThanOrEqualTo(ChildFailure.LINES);
            assertThat(String.join("\n", failure.lastLines())).contains("apicurio");
        }
    }

    @Test
    void aKilledPostmasterIsReportedAndItsDataSurvives() throws Exception {
        Home home = Home.open(temp);
        try (EmbeddedRuntime runtime = EmbeddedRuntime.start(home, EnumSet.of(Part.POSTGRES))) {
            runtime.process(Part.POSTGRES).orElseThrow().destroyForcibly();
            assertThat(failure(runtime).get(10, TimeUnit.SECONDS).child()).isEqualTo("postgres");
        }
        try (EmbeddedRuntime runtime = EmbeddedRuntime.start(home, EnumSet.of(Part.POSTGRES))) {
            assertThat(failure(runtime)).isNotDone();
        }
    }

    @Test
    void aStopOnPurposeIsNoFailure() {
        EmbeddedRuntime runtime = EmbeddedRuntime.start(Home.open(temp), EnumSet.of(Part.POSTGRES));
        runtime.restart(Part.POSTGRES);
        runtime.close();

        assertThat(failure(runtime)).isNotDone();
    }

    @Test
    void aPartThatCannotStartIsReportedAndLeavesNothing() throws Exception {
        Home home = Home.open(temp);
        EmbeddedRuntime.start(home, EnumSet.of(Part.POSTGRES)).close();
        Files.delete(EmbeddedPostgres.data(home).resolve("global/pg_control"));

        assertThatThrownBy(() -> EmbeddedRuntime.start(home, EnumSet.of(Part.POSTGRES)))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("DEP-102")
                .hasMessageContaining("pg_control")
                .hasMessageContaining("postgres.log");
        assertThat(HomeLock.isHeld(home)).isFalse();
    }

    private static CompletableFuture<ChildFailure> failure(EmbeddedRuntime runtime) {
        CompletableFuture<ChildFailure> failure = new CompletableFuture<>();
        runtime.onFailure(failure::complete);
        return failure;
    }
}
