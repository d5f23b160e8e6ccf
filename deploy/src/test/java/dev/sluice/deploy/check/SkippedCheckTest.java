package dev.sluice.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.deploy.cli.Sluice;
import dev.sluice.deploy.demo.DemoHome;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A fault of the pipeline file keeps {@code validate} from no check that has something to look at. Nothing listens on
 * port 1 of this machine, and the keys of the home are damaged.
 */
class SkippedCheckTest {

    private static final int FAULTS_FOUND = 3;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GOOD =
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
            run:
              trigger: 1s
            """
                    .formatted(DemoHome.samplePolicy());
    private static final String SECTION = GOOD.substring(GOOD.indexOf("source:"), GOOD.indexOf("transport:"));
    private static final String TRANSPORT = GOOD.substring(GOOD.indexOf("transport:"), GOOD.indexOf("policy:"));
    private static final String SOURCE = "The source was not asked, because of the fault in ";
    private static final String ENGINE = "The policy engine was not asked, because of the fault in ";
    private static final String POLICY = "The policy folder was not checked, because of the fault in ";
    private static final String BROKER = "The broker was not asked, because of the fault in ";
    private static final String TOPICS = "The topics were not looked for, because of the fault in ";
    private static final String REGISTRY = "The registry was not asked, because of the fault in ";
    private static final String NAME = "Whose home it is was not looked at, because of the fault in name.";

    @TempDir
    private Path folder;

    /** One case: what is replaced in the good file, by what; the skipped checks; the faults that are found beside. */
    private record Case(String what, List<String> replaced, List<String> skipped, List<String> found) {

        String text() {
            String text = GOOD;
            for (int i = 0; i < replaced.size(); i += 2) {
                assertThat(text).contains(replaced.get(i));
                text = text.replace(replaced.get(i), replaced.get(i + 1));
            }
            return text;
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "faults that no check needs",
                        List.of(
                                "trigger: 1s",
                                "triger: 1s",
                                "user: sluice",
                                "user: sluice\n  slott: a",
                                "[public",
                                "[a.b.c, public",
                                "lake-analytics",
                                "nobody"),
                        List.of(),
                        List.of("CDC-201", "POL-006", "DEP-302", "CDC-101", "MSK-003")),
                new Case(
                        "settings of every connection",
                        List.of(
                                "{file:secret}",
                                "{file:none}",
                                "//127.0.0.1:1/s",
                                "//127.0.0.1:0/s",
                                "engine: http:",
                                "engine: ftp:",
                                "bootstrap: 127.0.0.1:1",
                                "bootstrap: x",
                                "registry: http",
                                "registry: ftp"),
                        List.of(
                                SOURCE + "source.url, source.password.",
                                ENGINE + "policy.engine.",
                                BROKER + "transport.bootstrap.",
                                REGISTRY + "transport.registry."),
                        List.of("MSK-003")),
                new Case(
                        "the name and every table",
                        List.of(TRANSPORT, "", "name: shop", "name: Shop", "[public.customers]", "[a]"),
                        List.of(SOURCE + "name.", NAME),
                        List.of("POL-006", "MSK-003")),
                new Case(
                        "every table",
                        List.of(TRANSPORT, "", "[public.customers]", "[a]"),
                        List.of(SOURCE + "source.tables."),
                        List.of("POL-006", "MSK-003")),
                new Case(
                        "every table of another capture",
                        List.of(SECTION, "source:\n  type: topics\n  tables: [a.b.c]\n"),
                        List.of(TOPICS + "source.tables."),
                        List.of("POL-006", "DEP-302", "CDC-101", "MSK-003")),
                new Case(
                        "no policy folder",
                        List.of(TRANSPORT, "", "dir: " + DemoHome.samplePolicy(), "dir: nowhere"),
                        List.of(POLICY + "policy.dir.", ENGINE + "policy.dir."),
                        List.of("CDC-201", "MSK-003")),
                new Case(
                        "a broken policy folder",
                        List.of(TRANSPORT, "", "dir: " + DemoHome.samplePolicy(), "dir: broken", "1s", "soon"),
                        List.of(ENGINE + "a file of the policy folder."),
                        List.of("POL-208", "CDC-201", "MSK-003")),
                new Case(
                        "no source",
                        List.of(SECTION, "source: none\n"),
                        List.of(
                                SOURCE + "source.type, source.url, source.user, source.password, source.tls,"
                                        + " source.slot, source.publication, source.slot-warning.",
                                BROKER + "source.type."),
                        List.of("POL-006", "CDC-101", "MSK-003")));
    }

    @BeforeEach
    void lay() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "hush-hush\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path rules = Files.createDirectories(folder.resolve("broken/rules"));
        Files.writeString(rules.resolve("data.yaml"), "bad-rule:\n  do: nothing\n");
        Home home = Home.open(folder.resolve("home"));
        Custody.open(home).close();
        Files.writeString(home.keys().resolve("keys.p12"), "damaged");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyOtherPartIsCheckedAndTheSkippedOnesAreNamed(Case one) throws IOException {
        List<JsonNode> findings = validate(one.text());

        assertThat(with(findings, "level", "FAIL", "code")).contains("DEP-211").containsAll(one.found());
        assertThat(findings.stream()
                        .filter(finding -> finding.at("/code").asText().equals("DEP-214")))
                .allSatisfy(finding -> assertThat(finding.at("/fix").asText()).isNotEmpty());
        assertThat(with(findings, "code", "DEP-214", "what")).isEqualTo(one.skipped());
    }

    @Test
    void ofAFileThatIsNotYamlEveryCheckIsSkipped() throws IOException {
        List<JsonNode> findings = validate("source:\n\t");

        assertThat(with(findings, "level", "FAIL", "code")).containsExactly("DEP-211");
        assertThat(with(findings, "code", "DEP-214", "what"))
                .containsExactly(
                        POLICY + "the file.",
                        "Source, policy engine, broker, registry and home were not asked, because of the fault in the"
                                + " file.");
    }

    private List<JsonNode> validate(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), text);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Sluice.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "validate",
                "--against-source",
                "-o",
                "json",
                "-f",
                file.toString(),
                "--home",
                folder.resolve("home").toString());
        assertThat(code).as(err.toString()).isEqualTo(FAULTS_FOUND);
        List<JsonNode> findings = new ArrayList<>();
        JSON.readTree(out.toString()).forEach(findings::add);
        return findings;
    }

    private static List<String> with(List<JsonNode> findings, String field, String value, String wanted) {
        return findings.stream()
                .filter(one -> one.get(field).asText().equals(value))
                .map(one -> one.get(wanted).asText())
                .toList();
    }
}
