package dev.sluice.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.embedded.process.Leftovers;
import dev.sluice.deploy.home.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the process that holds the parts ends, nothing of it is left, and the next start has the data. */
class LeashIT {

    private static final Duration GONE = Duration.ofSeconds(15);

    @TempDir
    Path temp;

    private Home home;
    private Process holder;

    @BeforeEach
    void makeHome() {
        home = Home.open(temp.resolve("home"));
    }

    @AfterEach
    void endWhatATestLeft() {
        holder.destroyForcibly();
        Leftovers.end(folders());
    }

    @Test
    void killNineOfTheParentEndsEveryChild() throws Exception {
        hold(Part.values());
        List<ProcessHandle> children = Leftovers.in(folders());
        assertThat(children).hasSizeGreaterThan(6);

        holder.destroyForcibly();

        long killed = System.nanoTime();
        awaitNothingRuns(children);
        System.out.println("children gone after "
                + Duration.ofNanos(System.nanoTime() - killed).toMillis() + " ms");
        assertStartsAgainWith(1, Part.values());
    }

    @Test
    void aSecondStartWaitsForTheChildrenOfAKilledParent() throws Exception {
        hold(Part.POSTGRES, Part.KAFKA);

        holder.destroyForcibly().waitFor();

        assertStartsAgainWith(1, Part.POSTGRES, Part.KAFKA);
    }

    @Test
    void sigtermStopsTheChildrenInOrderAndGivesTheHomeBack() throws Exception {
        hold(Part.values());
        List<ProcessHandle> children = Leftovers.in(folders());

        holder.destroy();

        assertThat(holder.waitFor(GONE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(holder.exitValue()).isEqualTo(143);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(home.root().resolve("drained")).exists();
        assertThat(home.root().resolve("sluice.pid")).doesNotExist();
        assertThat(home.scratch()).isEmptyDirectory();
        assertThat(Files.readString(home.logs().resolve("postgres.log"))).contains("database system is shut down");
    }

    @Test
    void ctrlCInTheTerminalReachesTheParentOnly() throws Exception {
        hold(Part.POSTGRES, Part.KAFKA);
        List<ProcessHandle> children = Leftovers.in(folders());

        // What a terminal does: SIGINT to the whole foreground group, of which the holder is the leader.
        signal("INT", "-" + holder.pid());

        assertThat(holder.waitFor(GONE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(holder.exitValue()).isEqualTo(130);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        Path log = temp.resolve("logs/sluice.jsonl");
        assertThat(Files.exists(log) ? Files.readString(log) : "").doesNotContain("ended unexpectedly");
    }

    @Test
    void killNineOfEverythingLosesNothing() throws Exception {
        hold(Part.POSTGRES, Part.KAFKA);
        List<ProcessHandle> all = Leftovers.in(folders());

        all.forEach(ProcessHandle::destroyForcibly);
        holder.destroyForcibly().waitFor();

        assertStartsAgainWith(1, Part.POSTGRES, Part.KAFKA);
    }

    @Test
    void orphansThatLostTheirLeashAreStoppedByTheNextStart() throws Exception {
        hold(Part.POSTGRES, Part.KAFKA);
        List<ProcessHandle> shells = Leftovers.in(folders()).stream()
                .filter(p -> commandLine(p).contains("sluice-leash"))
                .toList();
        List<ProcessHandle> programs = new ArrayList<>(Leftovers.in(folders()));
        programs.removeAll(shells);
        assertThat(shells).hasSize(4);

        shells.forEach(ProcessHandle::destroyForcibly);
        holder.destroyForcibly().waitFor();
        assertThat(programs).anyMatch(ProcessHandle::isAlive);

        assertStartsAgainWith(1, Part.POSTGRES, Part.KAFKA);
        assertThat(programs).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void aSecondProcessIsToldWhoHoldsTheHome() throws Exception {
        hold(Part.POSTGRES);

        assertThatThrownBy(() -> EmbeddedRuntime.start(home))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("DEP-110")
                .hasMessageContaining("pid " + holder.pid() + ",")
                .hasMessageContaining(home.root().toString());
        assertThat(Leftovers.in(folders())).isNotEmpty();
    }

    private void hold(Part... parts) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/setsid",
                Installation.java(),
                "-Xmx128m",
                "-Dsluice.logs=" + temp.resolve("logs"),
                "-cp",
                System.getProperty("java.class.path"),
                RuntimeHolder.class.getName(),
                home.root().toString()));
        Arrays.stream(parts).map(Part::name).forEach(command::add);
        holder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("holder.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(150))
                .failFast("the holder ended", () -> !holder.isAlive())
                .until(() -> Files.exists(home.root().resolve("held")));
    }

    private void awaitNothingRuns(List<ProcessHandle> children) {
        await().atMost(GONE).pollInterval(Duration.ofMillis(50)).until(() -> children.stream()
                .noneMatch(ProcessHandle::isAlive));
        assertThat(Leftovers.in(folders())).isEmpty();
    }

    private void assertStartsAgainWith(int rows, Part... parts) throws Exception {
        try (EmbeddedRuntime runtime = EmbeddedRuntime.start(home, EnumSet.copyOf(List.of(parts)))) {
            PostgresAccess access = runtime.postgres();
            try (Connection connection = access.connect(access.owner());
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM kept")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isEqualTo(rows);
            }
        }
        assertThat(Leftovers.in(folders())).isEmpty();
    }

    private List<Path> folders() {
        return List.of(home.postgres(), EmbeddedPostgres.data(home), home.kafka(), home.registry());
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static void signal(String name, String target) throws Exception {
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " -- " + target)
                        .start()
                        .waitFor())
                .isZero();
    }
}
