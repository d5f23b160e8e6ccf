package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.deploy.e2e.PlayedDemo.Played;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single commands answer, and that wrong calls are answered without a stack trace and without data. */
@ExtendWith(PlayedDemo.class)
class CliAnswersIT {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String PRIVATE = "cnry0000zzzz";
    private static final String PERSON = "1";
    private static final int OK = 0;
    private static final int USAGE = 2;
    private static final int FAULTS = 3;

    @TempDir
    private static Path folder;

    private static Path home;

    @BeforeAll
    static void play(Played played) {
        home = played.home();
    }

    @Test
    void aRowIsFoundByItsCompositeKey() throws IOException {
        String call = "table history order_items --key 121,1";

        JsonNode versions = JSON.readTree(answer(call, "json"));

        assertThat(versions).isNotEmpty();
        assertThat(JSON.readTree(answer(call + " --as-of 2020-01-01", "json"))).isEmpty();
    }

    @Test
    void versionDoctorAndPolicyTestsAnswerToo() throws IOException {
        assertThat(JSON.readTree(answer("version", "json")).at("/sluice").asText())
                .isNotEmpty();
        // The database of the played home is down, and doctor says so.
        Cli doctor = typed("doctor -o json");
        assertThat(doctor.code()).isEqualTo(FAULTS);
        assertThat(JSON.readTree(doctor.out()).findValuesAsText("code")).contains("DEP-411", "CDC-201");
        Cli tests = typed("policy test -o json");
        assertThat(tests.code()).isZero();
        assertThat(JSON.readTree(tests.out())).isNotEmpty();
    }

    @Test
    void lineageOfARowIsOneListOfItsColumns() {
        JsonNode columns = Cli.json("lineage", "record", "customers", "--key", PERSON, "--home", home);

        assertThat(columns.isArray()).isTrue();
        assertThat(columns.findValuesAsText("source_column"))
                .contains("shop.public.customers.email", "shop.public.customers.city");
    }

    @Test
    void historyOfAnUnknownKeyIsEmptyAndSaysSo() throws IOException {
        Cli answer = typed("table history customers -o json --key " + PRIVATE);

        assertThat(answer.code()).isZero();
        assertThat(JSON.readTree(answer.out())).isEmpty();
        assertThat(answer.err()).contains("no row with that key").doesNotContain(PRIVATE);
    }

    private static Stream<Map.Entry<String, String>> wrongCalls() {
        return Stream.of(
                Map.entry("table show custmers", "Did you mean customers?"),
                Map.entry("table history nothing-like-it --key 1", "There is ["),
                Map.entry("table history customers", "--key"),
                Map.entry("table history customers --key 1 --as-of yesterday", "2026-11-20T08:00:00Z"),
                Map.entry("lineage record customers --key " + PRIVATE, "no row with that key"),
                Map.entry("dlq show 0-0-0", "sluice dlq list"),
                Map.entry("erasure status er-none", "sluice erasure status"),
                Map.entry("erasure submit --subject customer --reason T-1", "KIND:KEY"),
                Map.entry("erasure submit --subject visitor:" + PRIVATE + " --reason T-1", "it knows [customer]"),
                Map.entry("erasure submit --subject customer:" + PRIVATE + " --reason T-1", "--never-seen"),
                Map.entry("erasure submit --subject customer:001 --reason T-1", "7 and not 007"),
                Map.entry("erasure submit --subject customer:1 --reason key-change", "--reason"),
                Map.entry("erasure submit --subject customer:1 --reason says:" + PRIVATE, "--reason must be"),
                Map.entry("policy plan shop.public.none", "There is ["),
                Map.entry("policy check --dir nowhere", "--dir"),
                Map.entry("lineage record customers --key 1 --column emial", "DEP-456 "),
                Map.entry("tabel list", "tabel"),
                Map.entry("run", "--file"),
                Map.entry("run -f none.yaml", "none.yaml"),
                Map.entry("validate -f none.yaml", "DEP-201"));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void saysWhatIsWrongWithACall(Map.Entry<String, String> wrong) {
        Cli answer = typed(wrong.getKey());

        assertThat(answer.code()).isEqualTo(USAGE);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains(wrong.getValue())
                .doesNotContain(PRIVATE)
                .doesNotContain("\tat ")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "table list", "dlq list", "erasure status", "audit verify"})
    void aMissingHomeIsAWrongCallAndIsNotMade(String command) {
        Path nowhere = folder.resolve("nowhere");

        Cli answer = Cli.run(words(command, "--home", nowhere.toString()));

        assertThat(answer.code()).isEqualTo(USAGE);
        assertThat(answer.err())
                .contains("DEP-401")
                .contains(nowhere.toString())
                .contains("--home");
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void unknownSettingsAreNamedWithTheirLines() throws IOException {
        String text = Files.readString(home.resolve("pipeline.yaml"));
        Path file = home.resolve("wrong.yaml");
        Files.writeString(file, text.replace("trigger:", "triger:").replace("  tables:", "  tabels:"));
        long line = text.lines().takeWhile(l -> !l.contains("trigger:")).count() + 1;

        Cli answer = typed("validate -o json -f " + file);
        Files.delete(file);

        assertThat(answer.code()).isEqualTo(FAULTS);
        assertThat(answer.json()).anySatisfy(finding -> {
            assertThat(finding.at("/place").asText()).endsWith("wrong.yaml:" + line);
            assertThat(finding.at("/what").asText()).isEqualTo("run.triger: is not a setting; did you mean trigger?");
        });
        assertThat(answer.out()).contains("did you mean tables?");
    }

    /** Standard output of a command that must succeed. */
    private static String answer(String command, String format) {
        Cli answer = typed(command + " -o " + format);
        assertThat(answer.code()).as(command + ": " + answer.err()).isEqualTo(OK);
        return answer.out();
    }

    private static Cli typed(String command) {
        boolean hasHome = !command.startsWith("version") && !command.startsWith("tabel");
        return hasHome ? Cli.run(words(command, "--home", home.toString())) : Cli.run(words(command));
    }

    private static Object[] words(String command, String... more) {
        List<Object> words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.addAll(List.of(more));
        return words.toArray();
    }
}
