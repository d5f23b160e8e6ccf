package dev.sluice.deploy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher over a checkout with a small main class and a Maven that only writes down how it was called. */
class LauncherIT {

    private static final String MAIN =
            """
            package dev.sluice.deploy.cli;
            public class Sluice {
                public static void main(String[] args) {
                    System.out.println("args=" + String.join(",", args));
                    System.out.println("path=" + System.getProperty("java.class.path"));
                    System.out.println("pid=" + ProcessHandle.current().pid());
                    System.out.println("install=" + System.getProperty("sluice.home.install"));
                    System.out.println("folder=" + System.getProperty("user.dir"));
                    System.exit(args.length > 1 ? 3 : 0);
                }
            }
            """;

    /** Fails offline when told to, else "builds" by putting the parts in place. */
    private static final String MAVEN =
            """
            #!/bin/sh
            echo "called $*" >> "$CALLS"
            echo "noise of the build"
            case "$*" in *" -o "*) [ ! -e offline-fails ] || exit 1 ;; esac
            mkdir -p deploy/target/lib deploy/target/registry
            printf 'lib/a.jar:lib/b c.jar' > deploy/target/sluice.classpath
            cp -r compiled deploy/target/classes
            """;

    @TempDir
    Path temp;

    private Path checkout;
    private Path calls;

    private record Run(int exit, String out, String err, long pid) {}

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = Files.createDirectories(temp.resolve("check out"));
        calls = temp.resolve("calls");
        Path source =
                Files.createDirectories(checkout.resolve("cdc/src/main/java")).resolve("A.java");
        Files.writeString(source, "class A {}");
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Path bin = Files.createDirectories(checkout.resolve("deploy/bin")).resolve("sluice");
        Files.copy(launcher(), bin);
        executable(bin);
        Path maven = Files.createDirectories(temp.resolve("tools")).resolve("mvn");
        Files.writeString(maven, MAVEN);
        executable(maven);
        Path main = Files.createDirectories(temp.resolve("src")).resolve("Sluice.java");
        Files.writeString(main, MAIN);
        Path compiled = Files.createDirectories(checkout.resolve("compiled"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", compiled.toString(), main.toString()))
                .isZero();
    }

    @Test
    void buildsOnceAndAgainAfterAChangeOfTheSources() throws Exception {
        Run first = sluice("version");
        Run second = sluice("version");

        assertThat(first.out()).startsWith("args=version").doesNotContain("noise");
        assertThat(first.err()).contains("building");
        assertThat(second.err()).doesNotContain("building");
        assertThat(Files.readAllLines(calls))
                .singleElement()
                .asString()
                .contains(" -o ")
                .contains("package");

        FileTime later = FileTime.from(Instant.now().plusSeconds(5));
        Files.setLastModifiedTime(checkout.resolve("cdc/src/main/java/A.java"), later);
        sluice("version");
        assertThat(Files.readAllLines(calls)).hasSize(2);
    }

    @Test
    void fallsBackToTheNetwork() throws Exception {
        Files.createFile(checkout.resolve("offline-fails"));

        Run run = sluice("version");

        assertThat(run.exit()).isZero();
        assertThat(Files.readAllLines(calls)).hasSize(2);
        assertThat(Files.readAllLines(calls).get(1)).doesNotContain(" -o ");
    }

    @Test
    void runsFromAnyFolderThroughLinksWithItsArgumentsAndExitCode() throws Exception {
        Path elsewhere = Files.createDirectories(temp.resolve("else where"));
        Files.createSymbolicLink(elsewhere.resolve("real"), checkout.resolve("deploy/bin/sluice"));
        Files.createSymbolicLink(elsewhere.resolve("s"), Path.of("real"));

        Run run = run(elsewhere, List.of("./s", "two words", ""), null);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out())
                .contains("args=two words,\n")
                .contains("install=" + checkout.resolve("deploy").toRealPath() + "\n")
                .contains("folder=" + elsewhere.toRealPath() + "\n");
    }

    @Test
    void becomesTheProgramSoThatSignalsArrive() throws Exception {
        Run run = sluice("version");

        assertThat(run.out()).contains("pid=" + run.pid() + "\n");
    }

    @Test
    void takesTheLibrariesOfTheLastBuildOnly() throws Exception {
        Files.createDirectories(checkout.resolve("deploy/target/lib"));
        Files.createFile(checkout.resolve("deploy/target/lib/old.jar"));

        Path target = checkout.toRealPath().resolve("deploy/target");
        assertThat(sluice("version").out())
                .contains("path=" + target + "/classes:" + target + "/lib/a.jar:" + target + "/lib/b c.jar\n");
    }

    @Test
    void refusesAnOldJava() throws Exception {
        Path old = Files.createDirectories(temp.resolve("jdk-11/bin"));
        Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 0\n");
        executable(old.resolve("java"));
        Files.writeString(temp.resolve("jdk-11/release"), "JAVA_VERSION=\"11.0.2\"\n");

        Run run = run(temp, List.of(checkout.resolve("deploy/bin/sluice").toString()), temp.resolve("jdk-11"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("is Java 11; 17 or newer is needed");
    }

    @Test
    void opensWhatTheTestsOpen() throws Exception {
        String pom = Files.readString(launcher().resolve("../../../pom.xml").normalize());
        List<String> tested = Pattern.compile("--add-opens=java.base/([a-z.]+)=ALL")
                .matcher(pom)
                .results()
                .map(m -> m.group(1))
                .toList();
        MatchResult loop = Pattern.compile("(?s)for package in (.*?); do")
                .matcher(Files.readString(launcher()))
                .results()
                .findFirst()
                .orElseThrow();

        assertThat(tested).isNotEmpty();
        assertThat(Arrays.asList(loop.group(1).split("[\\s\\\\]+"))).containsExactlyInAnyOrderElementsOf(tested);
    }

    private Run sluice(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("deploy/bin/sluice").toString()));
        command.addAll(List.of(arguments));
        return run(temp, command, null);
    }

    private Run run(Path folder, List<String> command, Path javaHome) throws Exception {
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("PATH", temp.resolve("tools") + ":" + System.getenv("PATH"));
        builder.environment().put("CALLS", calls.toString());
        builder.environment()
                .put("JAVA_HOME", javaHome == null ? System.getProperty("java.home") : javaHome.toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8),
                process.pid());
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path launcher() {
        Path here = Path.of("").toAbsolutePath();
        Path module = here.resolve("deploy");
        return (Files.isDirectory(module) ? module : here).resolve("bin/sluice");
    }
}
