package dev.sluice.deploy.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded database when the user is root: on a whole machine, and in a container that has the usual few
 * capabilities and refuses user namespaces. The container is played by a mount namespace with a changed root, in which
 * Linux refuses user namespaces, and it leaves nothing behind.
 */
class RootIT {

    /** What Docker and Kubernetes leave to root when nothing is said. */
    private static final String USUAL = "-all,+chown,+dac_override,+fsetid,+fowner,+mknod,+net_raw,+setgid,+setuid,"
            + "+setfcap,+setpcap,+net_bind_service,+sys_chroot,+kill,+audit_write";

    private static final String NO_KILL = USUAL.replace(",+kill", "");

    private static final String NOT_CHOSEN = "-all,+dac_override,+chown";

    private static final Duration GONE = Duration.ofSeconds(15);

    @TempDir
    Path temp;

    private Path home;

    /** What a run of {@link OneDatabase} said. */
    private record Run(int exit, String output) {}

    @BeforeEach
    void onlyAsRootThatMayMount() throws Exception {
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).isEqualTo(0);
        assumeThat(new ProcessBuilder("unshare", "-m", "true").start().waitFor())
                .as("this machine lets root make a mount namespace")
                .isZero();
        home = temp.resolve("root's home");
        Files.createDirectories(temp.resolve("container"));
    }

    @Test
    void aContainerRefusesUserNamespaces() throws Exception {
        assertThat(run(container(USUAL, "unshare", "-U", "true")).output()).contains("Operation not permitted");
    }

    @Test
    void worksInAPlainContainer() throws Exception {
        Run first = run(container(USUAL, database()));
        assertThat(first.output()).contains("rows=1");
        assertThat(run(container(USUAL, database())).output()).contains("rows=2");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
        assertThat(Files.getAttribute(home.resolve("keys"), "unix:uid")).isEqualTo(0);
        assertThat(Files.getAttribute(home.resolve("postgres/data"), "unix:uid"))
                .isNotEqualTo(0);
    }

    @Test
    void aHomeMovesBetweenAMachineAndAContainer() throws Exception {
        assertThat(run(List.of(database())).output()).contains("rows=1");
        assertThat(run(container(USUAL, database())).output()).contains("rows=2");
        assertThat(run(List.of(database())).output()).contains("rows=3");
    }

    @Test
    void whatAKilledGatewayLeftInAContainerIsEnded() throws Exception {
        Process holder = start(container(USUAL, database("hold")));
        try {
            await().atMost(Duration.ofSeconds(90))
                    .failFast("ended", () -> !holder.isAlive())
                    .until(() -> output().contains("rows=1"));
        } finally {
            holder.destroyForcibly().waitFor();
        }
        await().atMost(GONE).until(() -> servers().isEmpty());

        assertThat(run(container(USUAL, database())).output()).contains("rows=2");
    }

    @Test
    void orphansInAContainerAreEndedByTheNextStart() throws Exception {
        Process holder = start(container(USUAL, database("hold")));
        await().atMost(Duration.ofSeconds(90))
                .failFast("ended", () -> !holder.isAlive())
                .until(() -> output().contains("rows=1"));
        holder.descendants()
                .filter(p -> p.info().commandLine().orElse("").contains("sluice-leash"))
                .forEach(ProcessHandle::destroyForcibly);
        holder.destroyForcibly().waitFor();
        assertThat(servers()).isNotEmpty();

        assertThat(run(container(USUAL, database())).output()).contains("rows=2");
        assertThat(servers()).isEmpty();
    }

    @Test
    void withoutAnyWayToDropItsRightsItSaysSo() throws Exception {
        for (String capabilities : List.of(NOT_CHOSEN, NO_KILL)) {
            Run run = run(container(capabilities, database()));

            assertThat(run.exit()).as(capabilities).isNotZero();
            assertThat(run.output())
                    .as(capabilities)
                    .contains("DEP-114")
                    .contains("ordinary user")
                    .doesNotContain("DEP-117");
        }
    }

    private String[] database(String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx128m",
                "-Dsluice.logs=" + temp.resolve("logs"),
                "-cp",
                System.getProperty("java.class.path"),
                OneDatabase.class.getName(),
                home.toString()));
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    private List<String> container(String capabilities, String... program) {
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "--propagation", "private", "/bin/sh", "-c"));
        command.add("mount --rbind / \"$0\" && exec chroot \"$0\" setpriv --bounding-set=\"$1\" -- /bin/sh -c 'shift;"
                + " exec \"$@\"' sh \"$@\"");
        command.add(temp.resolve("container").toString());
        command.add(capabilities);
        command.addAll(List.of(program));
        return command;
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("output").toFile())
                .start();
    }

    private Run run(List<String> command) throws Exception {
        Process process = start(command);
        try {
            assertThat(process.waitFor(150, TimeUnit.SECONDS)).as("ends").isTrue();
            return new Run(process.exitValue(), output());
        } finally {
            process.destroyForcibly();
        }
    }

    private String output() throws IOException {
        return Files.readString(temp.resolve("output"));
    }

    private List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains("-D " + home + "/postgres/data"))
                .toList();
    }
}
