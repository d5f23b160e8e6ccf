package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dead letters from a real database go through the line again under another policy. Each of two rows has an amount that
 * the first policy cannot round down: one was inserted with it, the other was updated to it together with a large text.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeadLetterIT {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final int KILLED = 128 + 9;
    private static final int PARTLY = 6;
    private static final String LEAST = "-2147483648";

    @TempDir
    private static Path folder;

    private static GovernedSource source;

    @BeforeAll
    static void prepare() throws IOException, SQLException {
        source = GovernedSource.start(folder);
        source.sql(
                "CREATE TABLE docs (id int PRIMARY KEY, body text, note text, amount int)",
                "GRANT SELECT ON docs TO sluice",
                "INSERT INTO docs SELECT n, " + large("B1") + ", 'n1', 1000 FROM generate_series(1, 2) n",
                "CREATE PUBLICATION sluice_shop FOR TABLE docs");
        classify("user.payment.limit");
        source.matching(List.of("public.docs"));
        source.once(0);
        source.sql("UPDATE docs SET body = " + large("B2") + ", amount = " + LEAST + " WHERE id = 1");
        source.sql("UPDATE docs SET note = 'n2', amount = 2000 WHERE id = 1");
        source.sql("INSERT INTO docs VALUES (3, 'short', 'n1', " + LEAST + ")");
        source.once(0);
    }

    @AfterAll
    static void stop() {
        if (source != null) {
            source.close();
        }
    }

    @Test
    @Order(1)
    void keepsALetterThatIsRejectedAgainAsOneLetter() throws IOException {
        List<String> before = letters();
        assertThat(before).hasSize(2).allMatch(line -> line.endsWith("OUT_OF_RANGE open"));

        String shown = run(0, "dlq", "replay", "--code", "OUT_OF_RANGE", "--preview");
        assertThat(shown).contains("2 would be rejected again. Nothing was changed.");
        long leaves = leaves();
        run(PARTLY, "dlq", "replay", "--code", "OUT_OF_RANGE");

        assertThat(leaves()).isEqualTo(leaves + 2);
        assertThat(letters()).isEqualTo(before);
        source.assertSound();
    }

    @Test
    @Order(2)
    void previewsWhichIntervalsWouldChangeAndWritesNothing() throws IOException {
        classify("system.operations");
        long leaves = leaves();

        String shown = run(0, "dlq", "replay", "--dataset", "shop.public.docs", "--preview");

        assertThat(shown)
                .contains("[\"1\"]", "[\"3\"]", "Of 2 letters, 2 would be applied")
                .doesNotContain("B2");
        assertThat(leaves()).isEqualTo(leaves);
        assertThat(history(3)).isEmpty();
        assertThat(letters()).allMatch(line -> line.endsWith("open"));
    }

    @Test
    @Order(3)
    void replaysOnceAlsoAfterAKillBetweenTableAndLedger() throws IOException {
        String inserted = letters().get(1).split(" ", 2)[0];
        try (CommandProcess killed = CommandProcess.startKilledAt("CP15", folder, words("dlq", "replay", inserted))) {
            assertThat(killed.exitCode(LONG)).as(killed.err()).isEqualTo(KILLED);
        }
        assertThat(letters().get(1)).endsWith("open");

        run(0, "dlq", "replay", inserted);
        run(0, "dlq", "replay", inserted);

        assertThat(letters().get(1)).endsWith("replayed");
        assertThat(Cli.json("dlq", "show", inserted, "--home", source.home())
                        .at("/how")
                        .asText())
                .startsWith("batch ");
        assertThat(history(3))
                .singleElement()
                .satisfies(version -> assertThat(version.at("/amount").asText()).isEqualTo(LEAST));
        assertThat(Cli.json("lineage", "record", "docs", "--key", 3, "--home", source.home()))
                .hasSize(4);
        source.assertSound();
    }

    @Test
    @Order(4)
    void fillsTheChangeAfterALetterFromTheLetter() throws IOException {
        assertThat(bodies())
                .as("no version after the letter shows the text before the letter")
                .containsExactly("B1");

        run(0, "dlq", "replay", letters().get(0).split(" ", 2)[0]);

        assertThat(bodies()).containsExactly("B1", "B2", "B2");
        List<JsonNode> versions = history(1);
        assertThat(versions).extracting(v -> v.at("/note").asText()).containsExactly("n1", "n1", "n2");
        assertThat(versions).extracting(v -> v.at("/amount").asText()).containsExactly("1000", LEAST, "2000");
        assertThat(versions.get(0).at("/valid_to")).isEqualTo(versions.get(1).at("/valid_from"));
        assertThat(versions.get(2).at("/valid_to").isNull()).isTrue();
        source.assertSound();
    }

    @Test
    @Order(5)
    void goesOnAfterReplaysAndMakesOneLetterOfARowThatIsTooLargeAndParksWhatComesBehindIt()
            throws IOException, SQLException {
        source.sql(
                "UPDATE docs SET note = 'n3' WHERE id = 1",
                "UPDATE docs SET body = repeat('x', 33 * 1024 * 1024) WHERE id = 2",
                "UPDATE docs SET note = 'n2' WHERE id = 2",
                "INSERT INTO docs VALUES (4, 'short', 'n1', 1)");

        source.once(0);

        assertThat(bodies()).containsExactly("B1", "B2", "B2", "B2");
        JsonNode letter = Cli.json("dlq", "list", "--code", "RECORD_TOO_LARGE", "--home", source.home());
        assertThat(letter).hasSize(1);
        String id = letter.at("/0/id").asText();
        JsonNode shown = Cli.json("dlq", "show", id, "--home", source.home());
        assertThat(shown.at("/key").asText()).isEqualTo("[\"2\"]");
        assertThat(shown.at("/detail").asText())
                .matches("a value of 346\\d{5} bytes at log position [0-9A-F]+/[0-9A-F]+, sha256 [0-9a-f]{64}");
        assertThat(shown.at("/sealed_bytes").asInt()).isLessThan(1000);
        assertThat(history(2)).hasSize(1);
        assertThat(history(4)).hasSize(1);

        run(0, "dlq", "discard", id, "--reason", "T-1", "--yes");
        source.once(0);

        assertThat(history(2))
                .as("the parked change appears though no other change of the row came")
                .extracting(version -> version.at("/note").asText())
                .containsExactly("n1", "n2");
        assertThat(history(2).get(1).at("/body").asText()).startsWith("B1");
        source.assertSound();
    }

    @Test
    @Order(6)
    void replaysBesideARunningGateway() throws IOException, SQLException {
        classify("user.payment.limit");
        source.sql("INSERT INTO docs VALUES (5, 'short', 'n1', " + LEAST + ")");
        source.once(0);
        assertThat(history(5)).isEmpty();
        classify("system.operations");

        try (CommandProcess gateway = source.running()) {
            gateway.awaitErr("is running on");
            String said = run(0, "dlq", "replay", "--code", "OUT_OF_RANGE");
            assertThat(said).contains("A gateway is running on this home");
            await().atMost(LONG).until(() -> letters().stream().noneMatch(line -> line.endsWith("OUT_OF_RANGE open")));
            gateway.signal("INT");
            assertThat(gateway.exitCode(LONG)).as(gateway.err()).isIn(0, 130);
        }
        assertThat(history(5)).hasSize(1);
        source.assertSound();
    }

    /** A text that PostgreSQL stores beside the row, so that an update of another column does not send it. */
    private static String large(String start) {
        return "'" + start + "' || (SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 300))";
    }

    private static List<String> letters() {
        List<String> lines = new ArrayList<>();
        for (JsonNode letter : Cli.json("dlq", "list", "--home", source.home())) {
            lines.add(letter.at("/id").asText() + " " + letter.at("/code").asText() + " "
                    + letter.at("/state").asText());
        }
        return lines;
    }

    private static List<String> bodies() {
        return history(1).stream()
                .map(version -> version.at("/body").asText().substring(0, 2))
                .toList();
    }

    private static List<JsonNode> history(int id) {
        List<JsonNode> versions = new ArrayList<>();
        source.history("docs", id).forEach(versions::add);
        return versions;
    }

    private static long leaves() {
        return Cli.json("status", "--home", source.home()).at("/ledger_leaves").asLong();
    }

    private static String run(int code, String... words) {
        Cli run = Cli.run((Object[]) words(words));
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        return run.out() + run.err();
    }

    private static String[] words(String... words) {
        boolean takesFile = !words[0].equals("dlq") || !words[1].equals("discard");
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(takesFile ? List.of("-f", source.pipeline().toString()) : List.of());
        all.addAll(List.of("--home", source.home().toString()));
        return all.toArray(String[]::new);
    }

    private static void classify(String amount) throws IOException {
        Path entry = folder.resolve("policy/catalog/shop/public/docs");
        Files.createDirectories(entry);
        Files.writeString(
                entry.resolve("data.yaml"),
                """
                owner: shop-team
                about: "a table of the test"
                subject:
                  kind: customer
                  key: [id]
                fields:
                  id:
                    tags: [system.identifier]
                  body:
                    tags: [system.operations]
                  note:
                    tags: [system.operations]
                  amount:
                    tags: [%s]
                """
                        .formatted(amount));
    }
}
