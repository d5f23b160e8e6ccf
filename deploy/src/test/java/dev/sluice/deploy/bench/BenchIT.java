package dev.sluice.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.sinks.delta.SparkSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the benchmark with a few hundred changes and holds the harness, not the figures, to what it promises. */
class BenchIT {

    @TempDir
    private static Path folder;

    private static Report report;

    @BeforeAll
    static void run() throws IOException {
        Settings settings = new Settings(folder.resolve("bench"), 7, 300, 2, 150, 1, Duration.ofMinutes(5), 2);
        Run run = new Run(settings, Instant.now(), List.of("textbook", "ours"));
        Bench.run(run, settings);
        report = run.report();
    }

    @Test
    void oursHasEveryVersionOfTheOracle() {
        Verdict ours = report.variants().get(1).verdict();

        assertThat(ours.right()).as(ours.toString()).isTrue();
        assertThat(ours.expected()).isGreaterThan(500);
    }

    @Test
    void theTextbookLosesVersionsAndKeys() {
        Verdict textbook = report.variants().get(0).verdict();

        assertThat(textbook.lost()).isPositive();
        assertThat(textbook.wrong()).isPositive();
        assertThat(textbook.keysWithoutCurrent()).isPositive();
        assertThat(textbook.found() + textbook.lost()).isEqualTo(textbook.expected() + textbook.extra());
    }

    @Test
    void reportsEveryFigure() throws IOException {
        Path file = folder.resolve("report.json");
        report.write(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());

        for (String name : List.of("ratioCpuMedian", "ratioCpuMin", "ratioWallMedian", "loadMax", "seconds")) {
            assertThat(json.path(name).asDouble()).as(name).isPositive();
        }
        assertThat(json.path("loadMin").isNumber()).isTrue();
        assertThat(json.path("stopped").asText()).isEmpty();
        assertThat(json.path("versions").path("from_avro").asText()).endsWith(".jar");
        for (JsonNode variant : json.path("variants")) {
            assertThat(variant.path("batches")).hasSize(2);
            assertThat(variant.path("cpuMedian").asDouble()).isPositive();
            assertThat(variant.path("cpuMin").asDouble()).isPositive();
            assertThat(variant.path("wallMedian").asDouble()).isPositive();
            assertThat(variant.path("initialLoad").path("cpuSeconds").asDouble())
                    .isPositive();
            assertThat(variant.path("verdict").path("lost").isNumber()).isTrue();
        }
        assertThat(report.text()).contains("versions lost", "textbook : ours", "load ");
    }

    @Test
    void theComparisonFailsForEveryKindOfFault() throws IOException {
        Path expected = folder.resolve("expected.csv");
        Files.write(expected, List.of("1,10,20,9", "1,20,,19", "2,10,,9"));
        SparkSession spark = SparkSessions.local(folder.resolve("scratch"), 2);
        try {
            String right = "(1,10L,20L,false,9L), (1,20L,null,true,19L), ";

            assertThat(verdict(spark, expected, right + "(2,10L,null,true,9L)").right())
                    .isTrue();
            Verdict lost = verdict(spark, expected, "(1,10L,20L,false,9L), (1,20L,null,true,19L)");
            assertThat(lost.lost()).isEqualTo(1);
            assertThat(lost.keysWithoutCurrent()).isEqualTo(1);
            assertThat(verdict(spark, expected, right + "(2,10L,null,true,9L), (2,10L,null,true,9L)")
                            .extra())
                    .isEqualTo(1);
            assertThat(verdict(spark, expected, right + "(2,10L,11L,true,9L)").wrong())
                    .isEqualTo(1);
            assertThat(verdict(spark, expected, right + "(2,10L,null,true,8L)").wrong())
                    .isEqualTo(1);
            assertThat(verdict(spark, expected, right + "(2,10L,null,false,9L)").wrong())
                    .isEqualTo(1);
        } finally {
            spark.stop();
        }
    }

    private static Verdict verdict(SparkSession spark, Path expected, String rows) {
        Dataset<Row> history = spark.sql("SELECT CAST(id AS BIGINT) id, valid_from, valid_to, is_current, updated_at"
                + " FROM VALUES " + rows + " AS t(id, valid_from, valid_to, is_current, updated_at)");
        return Verdict.of(expected, history);
    }
}
