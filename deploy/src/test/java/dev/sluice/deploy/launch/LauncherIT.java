package dev.sluice.deploy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.launch.LaunchSite.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real launcher over a checkout and a distribution with a small main class. */
class LauncherIT {

    @TempDir
    Path temp;

    private LaunchSite site;

    @BeforeEach
    void makeSite() throws IOException {
        site = new LaunchSite(temp);
    }

    @Test
    void buildsOnceAndAgainAfterAChangeOfTheSources() throws Exception {
        Run first = site.sluice("version");
        Run second = site.sluice("version");

        assertThat(first.out()).startsWith("args=version").doesNotContain("noise");
        assertThat(first.err()).contains("building").contains("quick starts");
        assertThat(second.err()).isEmpty();
        assertThat(site.calls()).hasSize(2).last().isEqualTo("trained");
        assertThat(site.calls().get(0)).contains(" -o ").contains("package");

        Files.setLastModifiedTime(site.source(), FileTime.from(Instant.now().plusSeconds(5)));
        site.sluice("version");
        assertThat(site.calls()).hasSizeGreaterThan(2);
    }

    @Test
    void aSourceThatIsSavedDuringTheBuildBuildsAgain() throws Exception {
        String maven = Files.readString(temp.resolve("tools/mvn"));
        LaunchSite.program(
                temp.resolve("tools/mvn"),
                maven.replace("cp compiled", "sleep 0.1; touch cdc/src/main/java/A.java; sleep 0.1; cp compiled"));
        site.sluice("version");

        LaunchSite.program(temp.resolve("tools/mvn"), maven);
        assertThat(site.sluice("version").err()).contains("building");
        assertThat(site.sluice("version").err()).isEmpty();
    }

    @Test
    void fallsBackToTheNetwork() throws Exception {
        Files.createFile(site.checkout().resolve("offline-fails"));

        Run run = site.sluice("version");

        assertThat(run.exit()).isZero();
        assertThat(site.calls()).hasSize(3);
        assertThat(site.calls().get(1)).doesNotContain(" -o ");
    }

    @Test
    void runsFromAnyFolderThroughLinksWithItsArgumentsAndExitCode() throws Exception {
        Path elsewhere = Files.createDirectories(temp.resolve("else where"));
        Files.createSymbolicLink(elsewhere.resolve("real"), site.checkout().resolve("deploy/bin/sluice"));
        Files.createSymbolicLink(elsewhere.resolve("s"), Path.of("real"));

        Run run = site.run(elsewhere, Map.of(), List.of("./s", "two words", ""));

        assertThat(run.exit()).isEqualTo(7);
        assertThat(run.out())
                .contains("args=two words,\n")
                .contains("install=" + site.checkout().resolve("deploy").toRealPath() + "\n")
                .contains("folder=" + elsewhere.toRealPath() + "\n");
    }

    @Test
    void becomesTheProgramSoThatSignalsArrive() throws Exception {
        Run run = site.sluice("version");

        assertThat(run.out()).contains("pid=" + run.pid() + "\n");
    }

    @Test
    void takesOurNewestJarAndTheLibrariesOfTheLastBuildOnly() throws Exception {
        Files.createDirectories(site.target().resolve("lib"));
        Files.createFile(site.target().resolve("lib/old.jar"));
        Path old = Files.createFile(site.target().resolve("deploy-0.9.jar"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(500)));

        Path target = site.checkout().toRealPath().resolve("deploy/target");
        assertThat(site.sluice("version").out())
                .contains("path=" + target + "/deploy-1.0.jar:" + target + "/lib/a.jar:" + target + "/lib/b c.jar\n");
    }

    @Test
    void saysThatACheckoutWithoutMavenCannotBeBuilt() throws Exception {
        Path tools = Files.createDirectories(temp.resolve("few tools"));
        for (String tool : List.of("readlink", "mkdir", "find")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }

        Run run = site.run(temp, Map.of("PATH", tools.toString()), List.of("/bin/sh", launcherOf("deploy"), "version"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("Maven is needed");
    }

    @Test
    void aDistributionRunsWithoutMavenAndTrainsBeforeItRunsForLong() throws Exception {
        Path distribution = site.distribution();

        Run question = site.run(distribution, Map.of(), "status");
        assertThat(question.exit()).isZero();
        assertThat(question.err()).isEmpty();
        assertThat(question.out()).contains("install=" + distribution.toRealPath() + "\n");
        assertThat(question.out()).contains("path=" + distribution.toRealPath() + "/lib/deploy-1.0.jar:");
        assertThat(site.calls()).isEmpty();

        assertThat(site.run(distribution, Map.of(), "demo").err()).contains("quick starts");
        assertThat(site.run(distribution, Map.of(), "demo").err()).isEmpty();
        assertThat(site.calls()).containsExactly("trained");
    }

    @Test
    void aDistributionWithAMissingPartIsRefused() throws Exception {
        Path distribution = site.distribution();
        Files.delete(distribution.resolve("registry"));

        Run run = site.run(distribution, Map.of(), "version");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("not a whole distribution");
    }

    @Test
    void usesTheArchiveUntilOurJarChanges() throws Exception {
        site.sluice("version");
        assertThat(site.sluice("version").out()).contains("-XX:SharedArchiveFile=" + site.target() + "/start/");

        Files.setLastModifiedTime(
                site.target().resolve("deploy-1.0.jar"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(site.sluice("version").out()).doesNotContain("SharedArchiveFile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "version", "--help", "validate"})
    void questionsStartWithoutTheSecondCompiler(String command) throws Exception {
        assertThat(site.sluice(command).out()).contains("TieredStopAtLevel=1", "UseSerialGC");
    }

    @Test
    void whatRunsForLongHasAllCompilersAndEndsWithoutMemory() throws Exception {
        assertThat(site.sluice("run").out()).doesNotContain("TieredStopAtLevel").contains("UseParallelGC");

        Run hungry = site.sluice("run", "eat");

        assertThat(hungry.exit()).isEqualTo(3);
    }

    /** These commands open the same line as a gateway when none runs. */
    @ParameterizedTest
    @ValueSource(strings = {"run -f p.yaml", "demo", "dlq replay 1", "erasure submit"})
    void whatMayGovernRecordsHasTheFlagsOfAGateway(String call) throws Exception {
        assertThat(site.sluice(call.split(" ")).out())
                .contains("UseParallelGC", "ExitOnOutOfMemoryError")
                .doesNotContain("TieredStopAtLevel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dlq list", "erasure status", "dlq discard 1"})
    void theOtherCommandsOfTheSameNounsStartFast(String call) throws Exception {
        assertThat(site.sluice(call.split(" ")).out()).contains("TieredStopAtLevel=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_402", "11.0.2", "16"})
    void refusesAnOldJava(String version) throws Exception {
        Path jdk = site.java(version, "JAVA_VERSION=\"" + version + "\"\n");

        Run run = site.run(site.checkout().resolve("deploy"), Map.of("JAVA_HOME", jdk.toString()), "version");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("is Java " + version + "; 17 or newer is needed");
        assertThat(site.calls()).isEmpty();
    }

    @Test
    void warnsOfAJavaThatIsNewerThanTheNewestTested() throws Exception {
        site.sluice("version");
        Path jdk = site.java("99.0.1", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"99.0.1\"\n");

        Run run = site.run(site.checkout().resolve("deploy"), Map.of("JAVA_HOME", jdk.toString()), "version");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).containsOnlyOnce("\n").contains("is Java 99.0.1; sluice is tested up to Java 25.");
    }

    @Test
    void asksAJavaThatHasNoReleaseFile() throws Exception {
        Path jdk = site.java("11.0.9", "");

        Run run = site.run(site.checkout().resolve("deploy"), Map.of("JAVA_HOME", jdk.toString()), "version");

        assertThat(run.err()).contains("is Java 11.0.9; 17 or newer is needed");
    }

    @Test
    void opensWhatTheTestsOpen() throws Exception {
        String pom = Files.readString(
                LaunchSite.launcher().resolve("../../../pom.xml").normalize());
        List<String> tested = Pattern.compile("--add-opens=java.base/([a-z.]+)=ALL")
                .matcher(pom)
                .results()
                .map(m -> m.group(1))
                .toList();
        MatchResult loop = Pattern.compile("(?s)for package in (.*?); do")
                .matcher(Files.readString(LaunchSite.launcher()))
                .results()
                .findFirst()
                .orElseThrow();

        assertThat(tested).isNotEmpty();
        assertThat(Arrays.asList(loop.group(1).split("[\\s\\\\]+"))).containsExactlyInAnyOrderElementsOf(tested);
    }

    private String launcherOf(String folder) {
        return site.checkout().resolve(folder).resolve("bin/sluice").toString();
    }
}
