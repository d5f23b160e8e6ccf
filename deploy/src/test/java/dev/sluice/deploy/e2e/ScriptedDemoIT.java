package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays the scripted demo once, in a process of its own, and holds what it leaves to what it promises. */
class ScriptedDemoIT {

    private static final int MINUTES = 10;
    private static final int MALFORMED = 8;

    @TempDir
    private static Path folder;

    private static Path home;
    private static int exitCode;
    private static List<String> output;
    private static JsonNode summary;

    @BeforeAll
    static void play() throws IOException, InterruptedException {
        home = folder.resolve("home");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process demo = new ProcessBuilder(command("demo", "--scripted", "--home", home.toString()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(demo.waitFor(MINUTES, TimeUnit.MINUTES)).as("the demo ends").isTrue();
        exitCode = demo.exitValue();
        output = Files.readAllLines(out);
        assertThat(output).as(Files.readString(err)).isNotEmpty();
        summary = new ObjectMapper().readTree(output.get(0));
    }

    @Test
    void endsWellAndPrintsOneObjectAndNothingElse() {
        assertThat(exitCode).isZero();
        assertThat(output).hasSize(1);
    }

    @Test
    void hasSeenEnough() {
        assertThat(summary.at("/source/events").asLong()).isGreaterThanOrEqualTo(2_000);
        assertThat(summary.at("/source/transactions").asLong()).isGreaterThanOrEqualTo(200);
        assertThat(summary.at("/tables")).hasSize(6);
        for (JsonNode table : summary.at("/tables")) {
            assertThat(table.at("/rows").asLong())
                    .as(table.at("/name").asText())
                    .isPositive();
        }
    }

    @Test
    void accountsForEveryRecord() {
        JsonNode accounting = summary.at("/accounting");
        long sum = 0;
        for (String part : List.of("applied", "duplicate", "filtered", "suppressed", "dead_lettered", "parked")) {
            sum += accounting.at("/" + part).asLong();
        }

        assertThat(accounting.at("/in").asLong()).isEqualTo(sum).isGreaterThan(2_000);
    }

    @Test
    void putsEveryMalformedRecordAside() {
        assertThat(summary.at("/dead_letters").asInt()).isEqualTo(MALFORMED);
    }

    @Test
    void verifiesItsLedgerAndHasErasedThePerson() {
        assertThat(summary.at("/ledger/verified").asBoolean()).isTrue();
        assertThat(summary.at("/erasures/0/state").asText()).isEqualTo("DONE");
    }

    @Test
    void leavesNoPersonalValueInClear() throws IOException {
        CanaryScan scan = CanaryScan.of(home);

        assertThat(scan.parquetRows()).isGreaterThan(500);
        assertThat(scan.findings()).isEmpty();
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1200m",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.deploy.cli.Sluice"));
        command.addAll(List.of(arguments));
        return command;
    }
}
