package dev.sluice.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.erasure.ErasureRequests;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.masking.key.SubjectRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filing a request on a home that a gateway, here this test, holds. */
class ErasureSubmitTest {

    private static final String UUID = "0b6fc1a2-7d55-4c0e-9e7e-6a3f2d1c0b9a";

    @TempDir
    private Path folder;

    private Home home;
    private HomeLock lock;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void open() {
        home = Home.open(folder.resolve("home"));
        try (Custody custody = Custody.open(home)) {
            custody.people()
                    .resolve(Set.of(
                            new SubjectRef("customer", List.of("7")),
                            new SubjectRef("customer", List.of(UUID)),
                            new SubjectRef("customer", List.of("de", "7")),
                            new SubjectRef("customer", List.of("Müller, Ann", ""))));
        }
        lock = HomeLock.acquire(home);
    }

    @AfterEach
    void close() {
        lock.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "[\" 7\"]", "7.0", "0B6FC1A2-7D55-4C0E-9E7E-6A3F2D1C0B9A", "7,de", "[\"de,7\"]"})
    void refusesWhomNobodyHasSeen(String key) {
        assertThat(submit(key)).isEqualTo(2);
        assertThat(err.toString())
                .contains("No record of that customer has come")
                .contains("7 and not 007")
                .contains("--never-seen");
        assertThat(err.toString().replace("7 and not 007", "")).doesNotContain(":" + key);
        assertThat(cases()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", UUID, "de,7", "[\"M\\u00fcller, Ann\",\"\"]"})
    void takesWhoIsKnown(String key) {
        assertThat(submit(key)).isZero();
        assertThat(submit(key)).as("the same request again").isZero();
        assertThat(cases()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoPerson() {
        Map.of(
                        "customer", "DEP-426",
                        "customer:", "DEP-426",
                        "customer: 7", "DEP-422",
                        "customer:7,", "DEP-421",
                        "customer:[\"7\",]", "DEP-423",
                        "customer:[null]", "DEP-424",
                        "@nowhere", "DEP-427")
                .forEach((subject, code) -> {
                    assertThat(submitFor(subject)).isEqualTo(2);
                    assertThat(err.toString()).contains(code + " The value of --subject ");
                });
        assertThat(cases()).isZero();
    }

    @Test
    void takesAPersonFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("person"), "# request T-1\n\ncustomer:[\"Müller, Ann\",\"\"]\n");

        assertThat(submitFor("@" + file)).isZero();
        assertThat(cases()).isEqualTo(1);
    }

    @Test
    void takesAPersonFromStandardInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("customer:de,7\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(submitFor("-")).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(cases()).isEqualTo(1);
    }

    @Test
    void filesNothingForAFileWithAMistake() throws IOException {
        Path file = Files.writeString(folder.resolve("person"), "\ncustomer:Ann Lee\n");

        assertThat(submitFor("@" + file, "--never-seen")).isEqualTo(2);
        assertThat(err.toString()).contains("DEP-422 Line 2 of " + file).doesNotContain("Lee");
        assertThat(cases()).isZero();
    }

    @Test
    void setsAMarkerForWhoNeverCameWhenAskedTo() {
        assertThat(submit("8", "--never-seen")).isZero();
        assertThat(submit("8")).as("a case is there").isZero();
        assertThat(cases()).isEqualTo(1);
    }

    @Test
    void keepsTheGatewaysOwnReasonForItself() {
        int code = run(
                "erasure",
                "submit",
                "--subject",
                "customer:7",
                "--reason",
                "key-change",
                "--home",
                home.root().toString());

        assertThat(code).isEqualTo(2);
        assertThat(cases()).isZero();
    }

    private int submit(String key, String... more) {
        return submitFor("customer:" + key, more);
    }

    private int submitFor(String subject, String... more) {
        String[] words = {
            "erasure",
            "submit",
            "--subject",
            subject,
            "--reason",
            "T-1",
            "--home",
            home.root().toString()
        };
        return run(Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new));
    }

    private int run(String... words) {
        return Sluice.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    private int cases() {
        try (Custody custody = Custody.open(home)) {
            return new ErasureRequests(custody).cases().all().size();
        }
    }
}
