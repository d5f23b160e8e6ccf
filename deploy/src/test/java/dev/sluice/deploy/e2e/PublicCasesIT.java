package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sinks.query.GovernedTables;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users of such products report, as files of the folder {@code public-cases}: all cases share one source, one home
 * and two starts, beside a healthy table that changes before and after the statements of each case.
 */
class PublicCasesIT {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final int HELD = 6;

    @TempDir
    private static Path folder;

    private static GovernedSource source;
    private static PublicCaseTables tables;
    private static Map<String, String> held = Map.of();
    private static Map<String, List<String>> letters = Map.of();

    private static List<PublicCase.Named> cases = List.of();

    static List<PublicCase.Named> cases() {
        return cases;
    }

    @BeforeAll
    static void play(TestInfo test) throws IOException, SQLException {
        cases = PublicCase.all(test.getTags().contains("nightly"));
        List<PublicCase.Named> played =
                cases.stream().filter(each -> !each.content().alone()).toList();
        source = GovernedSource.start(folder);
        tables = new PublicCaseTables(source);
        try (PublicCaseScript script = new PublicCaseScript(source, played)) {
            script.setup();
            tables.publish(played);
            try (CommandProcess gateway = source.running()) {
                script.untilItRuns(gateway);
                script.whileItRuns();
                tables.awaitHealthy(gateway, script.healthy());
                assertThat(gateway.handle().destroy()).isTrue();
                assertThat(gateway.exitCode(LONG)).as(gateway.err()).isZero();
            }
            script.whileItIsStopped();
            tables.nameTheOthers(played);
            source.once(HELD);
            tables.assertHealthy(script.healthy());
        }
        held = held();
        letters = letters();
    }

    @AfterAll
    static void stop() {
        source.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theLakeHoldsWhatTheCaseSays(PublicCase.Named each) throws IOException, SQLException {
        String open = each.content().open();
        if (open.isEmpty()) {
            judge(each.content());
            return;
        }
        if (!each.content().alone()) {
            assertThat(catchThrowableOfType(AssertionError.class, () -> judge(each.content())))
                    .as("the case passes and is not open any more")
                    .isNotNull();
        }
        Assumptions.abort("open: " + open);
    }

    @Test
    void theStatusOfCaptureNamesEveryTableOfTheSource() {
        Map<String, String> codes = new TreeMap<>();
        for (JsonNode table : Cli.json("capture", "status", "--home", source.home())) {
            boolean isHeld = table.at("/state").asText().equals("held");
            assertThat(table.at("/topic").asText())
                    .isEqualTo("shop." + table.at("/table").asText());
            assertThat(isHeld || table.at("/captured_to").isTextual())
                    .as(table.toString())
                    .isTrue();
            codes.put(table.at("/table").asText(), isHeld ? table.at("/code").asText() : "");
        }

        assertThat(codes).containsEntry(PublicCaseTables.HEALTHY, "").containsEntry("h25p.orders", "");
        held.forEach((table, code) -> assertThat(codes.getOrDefault(table, code).matches(code + "|"))
                .as(table)
                .isTrue());
        codes.forEach((table, code) ->
                assertThat(code.isEmpty() || held.containsKey(table)).as(table).isTrue());
    }

    @Test
    void noOtherTableIsHeldOrHasDeadLetters() {
        List<String> named = cases.stream()
                .flatMap(each -> each.content().tables().keySet().stream())
                .map(PublicCaseTables::qualified)
                .toList();

        assertThat(named).containsAll(held.keySet()).containsAll(letters.keySet());
        source.assertSound();
    }

    private static void judge(PublicCase content) throws IOException, SQLException {
        for (Map.Entry<String, PublicCase.Expected> each : content.tables().entrySet()) {
            String table = PublicCaseTables.qualified(each.getKey());
            PublicCase.Expected expected = each.getValue();
            assertThat(held.getOrDefault(table, "")).as("hold of " + table).matches(expected.held());
            assertThat(letters.getOrDefault(table, List.of()))
                    .as("dead letters of " + table)
                    .isEqualTo(expected.letters());
            tables.assertHistory(table, expected);
            if (expected.same()) {
                tables.assertSame(table, expected);
            }
        }
    }

    private static Map<String, String> held() {
        Map<String, String> codes = new TreeMap<>();
        for (JsonNode hold : Cli.json("status", "--home", source.home()).at("/held")) {
            codes.put(
                    hold.at("/dataset").asText().replaceFirst("shop\\.", ""),
                    hold.at("/code").asText());
        }
        return codes;
    }

    private static Map<String, List<String>> letters() {
        Map<String, List<String>> codes = new TreeMap<>();
        String lake = source.home().resolve("lake").toString();
        new GovernedTables(lake, new Configuration())
                .deadLetters()
                .forEach(letter -> codes.merge(
                        letter.dataset().replaceFirst("shop\\.", ""),
                        List.of(letter.reason().code()),
                        (before, one) -> Stream.concat(before.stream(), one.stream())
                                .sorted()
                                .toList()));
        return codes;
    }
}
