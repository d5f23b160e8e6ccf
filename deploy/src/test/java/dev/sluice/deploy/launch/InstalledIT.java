package dev.sluice.deploy.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.deploy.launch.Installed.Run;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An installation that its user may not write, with blanks in every path, on every Java of this machine. */
class InstalledIT {

    private static final Path OWN_JAVA = Path.of(System.getProperty("java.home"));

    /** What a Java runtime has; the compiler and other tools of a JDK are not in it. */
    private static final String RUNTIME = "java.se,jdk.charsets,jdk.crypto.ec,jdk.httpserver,jdk.localedata,"
            + "jdk.management,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs";

    private static final List<String> PARTS = List.of("bin", "lib", "policy", "registry", "sluice.classpath");

    @TempDir
    static Path temp;

    private static Installed installed;

    private Path work;

    @BeforeAll
    static void install() throws Exception {
        installed = Installed.below(Installed.open(temp));
        installed.makeReadOnly();
    }

    @BeforeEach
    void makeWorkFolder() throws IOException {
        work = Installed.open(Files.createTempDirectory(temp, "the work of "));
    }

    @AfterAll
    static void letItBeRemoved() throws IOException {
        installed.makeWritable();
    }

    @Test
    void everyLibraryOfTheListIsThere() throws IOException {
        String[] libraries = Files.readString(installed.folder().resolve("sluice.classpath"))
                .strip()
                .split(":", -1);

        assertThat(libraries).hasSizeGreaterThan(100).allSatisfy(library -> assertThat(
                        installed.folder().resolve(library))
                .isNotEmptyFile());
        assertThat(installed.folder().toFile().list()).contains(PARTS.toArray(String[]::new));
        assertThat(Files.isExecutable(installed.folder().resolve("bin/sluice"))).isTrue();
    }

    @Test
    void aRuntimeWithoutToolsAnswers() throws Exception {
        Path modules = OWN_JAVA.resolve("jmods");
        assumeThat(modules).as("this Java can make a runtime").isDirectory();
        Path runtime = temp.resolve("a jre");
        assertThat(new ProcessBuilder(
                                OWN_JAVA.resolve("bin/jlink").toString(),
                                "--module-path=" + modules,
                                "--add-modules=" + RUNTIME,
                                "--output=" + runtime)
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();

        assertAnswers(runtime);
    }

    static Stream<Path> javas() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Stream.of(OWN_JAVA);
        }
        try (Stream<Path> found = Files.list(all)) {
            List<Path> javas = found.filter(Files::isDirectory)
                    .filter(java -> !Files.isSymbolicLink(java))
                    .filter(java -> Files.isReadable(java.resolve("release")))
                    .filter(java -> Files.isExecutable(java.resolve("bin/java")))
                    .filter(InstalledIT::isNewEnough)
                    .toList();
            return javas.isEmpty() ? Stream.of(OWN_JAVA) : javas.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void everyJavaAnswersAndSaysNothingElse(Path java) throws Exception {
        assertAnswers(java);
    }

    @Test
    void theDemoRunsFromAnInstallationOfSomebodyElseInAHomeWithBlanks() throws Exception {
        Map<Path, String> before = installed.content();
        Path home = work.resolve("a home");

        Run demo = installed.run(OWN_JAVA, work, "demo", "--scripted", "--home", "a home");

        assertThat(demo.exit()).as(demo.err()).isZero();
        assertThat(demo.out()).startsWith("{").contains("\"verified\":true");
        Run status = installed.run(OWN_JAVA, work, "status", "--home", home.toString());
        assertThat(status.exit()).as(status.err()).isZero();
        assertThat(status.err()).isEmpty();
        Run verify = installed.run(OWN_JAVA, work, "audit", "verify", "--home", "a home");
        assertThat(verify.exit()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.err()).doesNotContain("WARNING", "sluice: ");

        assertThat(installed.content()).isEqualTo(before);
        assertThat(home.resolve("postgres/programs/bin/postgres")).exists();
        assertThat(work.toFile().list()).containsExactlyInAnyOrder("a home", "out.txt", "err.txt");
    }

    private void assertAnswers(Path java) throws Exception {
        for (List<String> command : List.of(List.of("version"), List.of("--help"), List.of("version", "-o", "json"))) {
            Run run = installed.run(java, work, command.toArray(String[]::new));

            assertThat(run.exit()).as(command + run.err()).isZero();
            assertThat(run.out()).contains("sluice");
            assertThat(run.err()).isEmpty();
        }
    }

    private static boolean isNewEnough(Path java) {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(java.resolve("release"))) {
            release.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        return !version.isEmpty() && Runtime.Version.parse(version).feature() >= 17;
    }
}
