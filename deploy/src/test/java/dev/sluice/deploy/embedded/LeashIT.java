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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * However the process that holds the parts ends, nothing of it is left, and the next start has the data. The cases
 * follow each other on one home: the start of one looks for the data of all before.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeashIT {

    private static final Duration GONE = Duration.ofSeconds(15);

    private Path temp;
    private Home home;
    private Process holder;
    private int starts;

    @BeforeAll
    void makeHome(@TempDir Path scratch) {
        temp = scratch;
        home = Home.open(temp.resolve("home"));
    }

    @AfterAll
    void endWhatTheTestsLeft() {
        holder.destroyForcibly();
        Leftovers.end(folders());
    }

    @Order(1)
    @Test
    void aSecondProcessIsToldWhoHoldsTheHome() throws Exception {
        hold(Part.values());

        assertThatThrownBy(() -> EmbeddedRuntime.start(home))
                .isInstanceOf(DeployException.class)
                .hasMessageContaining("DEP-110")
                .hasMessageContaining("pid " + holder.pid() + ",")
                .hasMessageContaining(home.root().toString());
        assertThat(Leftovers.in(folders())).isNotEmpty();
    }

    @Order(2)
    @Test
    void sigtermStopsTheChildrenInOrderAndGivesTheHomeBack() throws Exception {
        List<ProcessHandle> children = Leftovers.in(folders());
        assertThat(children).hasSizeGreaterThan(6);

        holder.destroy();

        assertThat(holder.waitFor(GONE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(holder.exitValue()).isEqualTo(143);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(home.root().resolve("drained")).exists();
        assertThat(home.root().resolve("sluice.pid")).doesNotExist();
        assertThat(home.scratch()).isEmptyDirectory();
        assertThat(Files.readString(home.logs().resolve("postgres.log"))).contains("database system is shut down");
    }

    @Order(3)
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
        hold(Part.values());
    }

    @Order(4)
    @Test
    void aSecondStartWaitsForTheChildrenOfAKilledParent() throws Exception {
        holder.destroyForcibly().waitFor();

        hold(Part.POSTGRES, Part.KAFKA);
    }

    @Order(5)
    @Test
    void killNineOfEverythingLosesNothing() throws Exception {
        List<ProcessHandle> all = Leftovers.in(folders());
        assertThat(all).isNotEmpty();

        all.forEach(ProcessHandle::destroyForcibly);
        holder.destroyForcibly().waitFor();

        hold(Part.POSTGRES, Part.KAFKA);
    }

    @Order(6)
    @Test
    void orphansThatLostTheirLeashAreStoppedByTheNextStart() throws Exception {
        List<ProcessHandle> shells = Leftovers.in(folders()).stream()
                .filter(p -> commandLine(p).contains("sluice-leash"))
                .toList();
        List<ProcessHandle> programs = new ArrayList<>(Leftovers.in(folders()));
        programs.removeAll(shells);
        assertThat(shells).hasSize(4);

        shells.forEach(ProcessHandle::destroyForcibly);
        holder.destroyForcibly().waitFor();
        assertThat(programs).anyMatch(ProcessHandle::isAlive);

        hold(Part.POSTGRES, Part.KAFKA);
        assertThat(programs).noneMatch(ProcessHandle::isAlive);
    }

    @Order(7)
    @Test
    void ctrlCInTheTerminalReachesTheParentOnly() throws Exception {
        List<ProcessHandle> children = Leftovers.in(folders());
        assertThat(children).isNotEmpty();

        // What a terminal does: SIGINT to the whole foreground group, of which the holder is the leader.
        signal("INT", "-" + holder.pid());

        assertThat(holder.waitFor(GONE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(holder.exitValue()).isEqualTo(130);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(Leftovers.in(folders())).isEmpty();
        Path log = logs().resolve("sluice.jsonl");
        assertThat(Files.exists(log) ? Files.readString(log) : "").doesNotContain("ended unexpectedly");
    }

    /** Starts the parts in a process of its own, which must find the row of every start before. */
    private void hold(Part... parts) throws IOException {
        starts++;
        Path held = home.root().resolve("held");
        Files.deleteIfExists(held);
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/setsid",
                Installation.java(),
                "-Xmx128m",
                "-Dsluice.logs=" + logs(),
                "-Dsluice.archives=" + System.getProperty("sluice.archives", ""),
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
                .until(() -> Files.exists(held));
        assertThat(Files.readString(held)).as("rows").isEqualTo(Integer.toString(starts));
    }

    /** Logs of the holder that runs now. */
    private Path logs() {
        return temp.resolve("logs-" + starts);
    }

    private void awaitNothingRuns(List<ProcessHandle> children) {
        await().atMost(GONE).pollInterval(Duration.ofMillis(50)).until(() -> children.stream()
                .noneMatch(ProcessHandle::isAlive));
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
