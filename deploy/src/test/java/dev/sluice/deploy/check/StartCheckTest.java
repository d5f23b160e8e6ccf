package dev.sluice.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.home.HomeOwner;
import dev.sluice.deploy.pipeline.PipelineFile;
import dev.sluice.deploy.pipeline.PipelineReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing listens on port 1 of this machine, so every part that is asked there is away. */
class StartCheckTest {

    private static final String CAPTURED =
            """
            apiVersion: sluice/v1
            name: shop
            source:
              type: postgres
              url: jdbc:postgresql://127.0.0.1:1/shop
              user: sluice
              password: ${file:secret}
              tables: [public.customers]
            transport:
              bootstrap: 127.0.0.1:1
              registry: http://127.0.0.1:1
            policy:
              dir: %s
              consumer: lake-analytics
              engine: http://127.0.0.1:1
            """
                    .formatted(DemoHome.samplePolicy());

    private static final String EMBEDDED = CAPTURED.replaceAll("(?m)^transport:\n.*\n.*\n", "");
    private static final String TOPICS =
            CAPTURED.replaceAll("(?m)^  (url|user|password): .*\n", "").replace("type: postgres", "type: topics");

    @TempDir
    private Path folder;

    private static Stream<Arguments> pipelines() {
        return Stream.of(
                Arguments.of("all away", CAPTURED, List.of("CDC-201", "POL-006", "DEP-302", "CDC-101")),
                Arguments.of("no database", TOPICS, List.of("POL-006", "DEP-302", "CDC-101")),
                Arguments.of("parts of the home", EMBEDDED, List.of("CDC-201", "POL-006")),
                Arguments.of(
                        "a host without an address",
                        TOPICS.replace("bootstrap: 127.0.0.1:1", "bootstrap: nowhere.invalid:9092"),
                        List.of("POL-006", "DEP-302", "CDC-101")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pipelines")
    void namesEveryPartThatIsAwayAtOnce(String name, String text, List<String> codes) throws IOException {
        Home nowhere = Home.at(folder.resolve("home"));

        List<Finding> findings = StartCheck.run(reading(text), nowhere);

        assertThat(failed(findings)).as(name).isEqualTo(codes);
        assertThat(findings.get(findings.size() - 1).code()).isEqualTo("DEP-212");
        assertThat(nowhere.root()).doesNotExist();
    }

    /** What a start would stop with, each for itself. */
    @Test
    void findsDamagedKeysStateAndLedgerOfTheHome() throws IOException {
        Home home = Home.open(folder.resolve("home"));
        Custody.open(home).close();
        new HomeLedger(home).open().close();
        assertThat(failed(StartCheck.run(reading(EMBEDDED), home))).containsExactly("CDC-201", "POL-006");

        Files.writeString(home.keys().resolve("keys.p12"), "damaged");
        Files.writeString(home.controlDb(), "damaged");
        Files.writeString(home.ledger().resolve("checkpoint"), "damaged");

        assertThat(failed(StartCheck.run(reading(EMBEDDED), home)))
                .containsExactly("CDC-201", "POL-006", "MSK-003", "MSK-006", "AUD-007");
    }

    @Test
    void findsThatTheHomeBelongsToAnother() throws IOException {
        Home home = Home.open(folder.resolve("home"));
        new HomeOwner("stock", "").claim(home);

        assertThat(failed(StartCheck.run(reading(EMBEDDED), home))).contains("DEP-123");
    }

    @Test
    void findsThatAnotherVersionWroteTheHome() throws IOException {
        Home home = Home.open(folder.resolve("home"));
        Files.writeString(home.root().resolve("format"), "sluice-home 99\n");

        assertThat(failed(StartCheck.run(reading(EMBEDDED), home))).contains("DEP-122");
    }

    @Test
    void findsThatTheHomeCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(failed(StartCheck.run(reading(EMBEDDED), new Home(file.resolve("home")))))
                .contains("DEP-111");
    }

    private PipelineReading reading(String text) throws IOException {
        Path secret = folder.resolve("secret");
        Files.writeString(secret, "hush-hush\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return PipelineFile.examine(Files.writeString(folder.resolve("pipeline.yaml"), text));
    }

    private static List<String> failed(List<Finding> findings) {
        return findings.stream().filter(Finding::fails).map(Finding::code).toList();
    }
}
