package dev.sluice.deploy.letter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.audit.event.ActionRecorded;
import dev.sluice.audit.ledger.Ledger;
import dev.sluice.audit.ledger.LedgerReader;
import dev.sluice.deploy.cli.Sluice;
import dev.sluice.deploy.home.Custody;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.home.HomeLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters are counted and given up, through the command line, on real tables and a real ledger. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DiscardIT {

    private static final String FIRST = LetterHome.CUSTOMERS + "-0-0@id";
    private static final String LAST = LetterHome.CUSTOMERS + "-0-2@id";

    @TempDir
    private static Path folder;

    private static Home home;

    private record Call(int code, String out, String err) {}

    @BeforeAll
    static void make() {
        home = LetterHome.make(folder.resolve("home"));
    }

    @Test
    @Order(1)
    void countsByDatasetCodeAndStage() throws IOException {
        assertThat(stats())
                .containsExactly(
                        "shop.public.customers BAD_MAGIC DECODE 2: 2 open, 0 replayed, 0 discarded",
                        "shop.public.customers FRAME_TRUNCATED DECODE 1: 1 open, 0 replayed, 0 discarded",
                        "shop.public.orders BAD_MAGIC DECODE 1: 1 open, 0 replayed, 0 discarded",
                        "shop.public.orders FRAME_TRUNCATED DECODE 1: 1 open, 0 replayed, 0 discarded");
        for (String format : List.of("table", "jsonl", "csv", "yaml")) {
            assertThat(call("dlq", "stats", "-o", format).out()).contains("FRAME_TRUNCATED");
        }
        assertThat(call("dlq", "stats", "--code", "BAD_MAGIC").out()).doesNotContain("FRAME_TRUNCATED");
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(
            strings = {
                "dlq discard --reason T-1 --yes=DEP-460 ",
                "dlq discard nothing-0-0 --reason T-1 --yes=DEP-453 ",
                "dlq discard " + FIRST + " --yes=--reason",
                "dlq discard " + FIRST + " --yes --reason a\tb=DEP-461 ",
            })
    void refusesAnActThatIsNotClear(String wrong) {
        String[] parts = wrong.split("=", 2);
        Call call = call(parts[0].split(" ", -1));

        assertThat(call.code()).isEqualTo(2);
        assertThat(call.err()).contains(parts[1]);
        assertThat(acts()).isEmpty();
    }

    @Test
    @Order(3)
    void showsFirstWhatItWouldGiveUp() throws IOException {
        Call call = call("dlq", "discard", "--dataset", LetterHome.CUSTOMERS, "--reason", "T-1");

        assertThat(call.code()).isZero();
        assertThat(call.out()).contains(FIRST, LAST).doesNotContain(LetterHome.ORDERS);
        assertThat(call.err()).contains("Nothing was changed. Add --yes to give up 3 letters.");
        assertThat(acts()).isEmpty();
        assertThat(list()).allMatch(line -> line.endsWith(" open"));
    }

    @Test
    @Order(4)
    void givesLettersUpOnceAndSaysWhyInTheLedger() throws IOException {
        call("dlq", "discard", LetterHome.CUSTOMERS + "-0-0", "--reason", "records of a test", "--yes");
        call("dlq", "discard", FIRST, FIRST, "--reason", "another reason", "--yes");
        call("dlq", "discard", "--dataset", LetterHome.CUSTOMERS, "--code", "BAD_MAGIC", "--reason", "T-2", "--yes");

        assertThat(acts()).hasSize(2);
        assertThat(acts().get(0).attributes())
                .containsEntry("letters", FIRST)
                .containsEntry("reason", "records of a test")
                .containsEntry("count", "1")
                .hasEntrySatisfying("digest", digest -> assertThat(digest).matches("sha256:[0-9a-f]{64}"));
        assertThat(acts().get(1).attributes()).containsEntry("letters", LetterHome.CUSTOMERS + "-0-1@id");
        assertThat(stats())
                .contains("shop.public.customers BAD_MAGIC DECODE 2: 0 open, 0 replayed, 2 discarded")
                .contains("shop.public.customers FRAME_TRUNCATED DECODE 1: 1 open, 0 replayed, 0 discarded");
        JsonNode shown = json("dlq", "show", FIRST);
        assertThat(shown.at("/state").asText()).isEqualTo("discarded");
        assertThat(shown.at("/how").asText()).isEqualTo("records of a test");
        assertThat(call("audit", "verify").code()).isZero();
    }

    @Test
    @Order(5)
    void leavesTheActToTheGatewayThatRuns() throws IOException {
        try (HomeLock gateway = HomeLock.acquire(home)) {
            Call call = call("dlq", "discard", LAST, "--reason", "T-3", "--yes");

            assertThat(call.code()).isZero();
            assertThat(call.err()).contains("A gateway is running on this home");
            assertThat(list()).contains(LAST + " open");
            try (Custody custody = Custody.open(gateway.home());
                    Ledger ledger = new HomeLedger(home).open()) {
                LetterDesk desk = new LetterDesk(home, custody.control(), ledger);
                desk.work();
                desk.work();
            }
        }
        assertThat(list()).contains(LAST + " discarded");
        assertThat(acts()).hasSize(3);
    }

    @Test
    @Order(6)
    void sendsAnOperatorToTheLettersWhileOneIsOpenOnly() throws IOException {
        try (HomeLock gateway = HomeLock.acquire(home)) {
            assertThat(json("status").at("/next").asText()).isEqualTo("sluice dlq list");
            call("dlq", "discard", "--dataset", LetterHome.ORDERS, "--reason", "T-4", "--yes");
            try (Custody custody = Custody.open(gateway.home());
                    Ledger ledger = new HomeLedger(home).open()) {
                new LetterDesk(home, custody.control(), ledger).work();
                assertThat(new LetterRequests(custody.control()).open())
                        .as("no letter has a key that holds a change up")
                        .isEmpty();
            }

            assertThat(json("status").at("/next").asText()).isEqualTo("sluice table list");
        }
    }

    private static List<String> stats() throws IOException {
        List<String> lines = new ArrayList<>();
        for (JsonNode row : json("dlq", "stats")) {
            assertThat(row.at("/oldest").asText())
                    .isLessThanOrEqualTo(row.at("/newest").asText());
            lines.add(text(row, "dataset") + " " + text(row, "code") + " " + text(row, "stage") + " "
                    + text(row, "count") + ": " + text(row, "open") + " open, " + text(row, "replayed")
                    + " replayed, " + text(row, "discarded") + " discarded");
        }
        return lines;
    }

    private static List<String> list() throws IOException {
        List<String> lines = new ArrayList<>();
        json("dlq", "list").forEach(row -> lines.add(text(row, "id") + " " + text(row, "state")));
        return lines;
    }

    private static String text(JsonNode row, String name) {
        return row.path(name).asText();
    }

    /** The events about dead letters, in the order of the ledger. */
    private static List<ActionRecorded> acts() {
        LedgerReader ledger = new HomeLedger(home).read();
        return LongStream.range(0, ledger.size())
                .mapToObj(ledger::leaf)
                .filter(ActionRecorded.class::isInstance)
                .map(ActionRecorded.class::cast)
                .filter(act -> act.action().startsWith("dlq."))
                .toList();
    }

    private static JsonNode json(String... words) throws IOException {
        Call call =
                call(Stream.concat(Stream.of(words), Stream.of("-o", "json")).toArray(String[]::new));
        assertThat(call.code()).as(call.err()).isZero();
        return new ObjectMapper().readTree(call.out());
    }

    private static Call call(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Sluice.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Stream.concat(Stream.of(words), Stream.of("--home", home.root().toString()))
                        .toArray(String[]::new));
        return new Call(code, out.toString(), err.toString());
    }
}
