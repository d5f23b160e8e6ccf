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
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A dataset that cannot be governed is held by itself: the healthy table beside it gets every row. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HeldDatasetIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    /** What is wrong with each table, as SQL, and the code of its hold. */
    private record Fault(String table, String columns, String code) {}

    private static final List<Fault> FROM_THE_START = List.of(
            new Fault("refused", "id int PRIMARY KEY, note text", "POL-005"),
            new Fault("reserved", "id int PRIMARY KEY, valid_from text, note text", "SNK-003"),
            new Fault("keyless", "id int, note text", "CDC-022"),
            new Fault("deferred", "id int PRIMARY KEY DEFERRABLE, note text", "CDC-028"));

    /** Columns may have any name. */
    private static final String HEALTHY =
            "id int PRIMARY KEY, note text, \"full name\" text DEFAULT 'Ann', \"1-2\" int DEFAULT 12";

    @TempDir
    private static Path folder;

    private static GovernedSource source;

    @BeforeAll
    static void prepare() throws IOException, SQLException {
        source = GovernedSource.start(folder);
        List<Fault> tables = new ArrayList<>(FROM_THE_START);
        tables.add(new Fault("healthy", HEALTHY, ""));
        tables.add(new Fault("retyped", "id int PRIMARY KEY, note text, amount int", ""));
        tables.add(new Fault("retagged", "id int PRIMARY KEY, note text", ""));
        tables.add(new Fault("rekeyed", "id int PRIMARY KEY, note text, amount serial", ""));
        for (Fault table : tables) {
            source.sql(
                    "CREATE TABLE " + table.table() + " (" + table.columns() + ")",
                    "GRANT SELECT ON " + table.table() + " TO sluice",
                    "INSERT INTO " + table.table() + " (id, note) SELECT n, 'first' FROM generate_series(1, 20) n");
        }
        List<String> names = tables.stream().map(Fault::table).toList();
        source.sql("CREATE PUBLICATION sluice_shop FOR TABLE " + String.join(", ", names));
        // A key that is dropped makes rows one, so the gateway refuses the decision.
        classify("refused", "user.contact.address.street");
        for (String table : List.of("healthy", "retyped", "rekeyed", "retagged", "reserved")) {
            classify(table, "system.identifier");
        }
        source.matching(names.stream().map(name -> "public." + name).toList());
    }

    @AfterAll
    static void stop() {
        source.close();
    }

    @Test
    @Order(1)
    void holdsEachFaultyTableAloneAndSaysWhy() throws IOException {
        String said = source.once(6);

        for (Fault fault : FROM_THE_START) {
            assertThat(said).containsPattern("Held: shop.public." + fault.table() + "\\. " + fault.code());
            assertThat(said).containsPattern("Held since .*: shop.public." + fault.table() + "\\. " + fault.code());
        }
        assertThat(held()).isEqualTo(codes(Map.of()));
        assertThat(currentNotes("healthy")).containsExactly("first");
        assertThat(states())
                .isEqualTo(Map.of(
                        "healthy", "stopped", "retyped", "stopped", "rekeyed", "stopped", "retagged", "stopped"));
        source.assertSound();
    }

    @Test
    @Order(2)
    void holdsATableThatChangesWhileTheOthersFlow() throws IOException, SQLException {
        source.sql("ALTER TABLE retyped ALTER COLUMN amount TYPE text USING amount::text");
        // Another join domain for a key: every row would get a second key.
        classify("retagged", "user.contact.email");
        for (String table : List.of("retyped", "refused", "retagged", "healthy")) {
            source.sql("UPDATE " + table + " SET note = 'second'");
        }

        source.once(6);

        assertThat(held()).isEqualTo(codes(Map.of("retyped", "SNK-006", "retagged", "DEP-323")));
        assertThat(currentNotes("healthy")).containsExactly("second");
        JsonNode versions = history("healthy", 1);
        assertThat(versions).hasSize(2).allSatisfy(version -> {
            assertThat(version.at("/full name").asText()).isEqualTo("Ann");
            assertThat(version.at("/1-2").asInt()).isEqualTo(12);
        });
        assertThat(currentNotes("retyped")).containsExactly("first");
        assertThat(states())
                .isEqualTo(Map.of("healthy", "stopped", "retyped", "held", "rekeyed", "stopped", "retagged", "held"));
        assertThat(currentNotes("retagged")).containsExactly("first");
        source.assertSound();
    }

    /** What capture has left out is not taken up again as if nothing had happened. */
    @Test
    @Order(3)
    void drainsATableInOrderWhenItsCauseIsGoneAndHoldsOneThatHasMissedChanges() throws IOException, SQLException {
        source.sql("DELETE FROM refused WHERE id > 1");
        classify("refused", "system.identifier");
        classify("retagged", "system.identifier");
        source.sql(
                "ALTER TABLE keyless ADD PRIMARY KEY (id)",
                "ALTER TABLE rekeyed DROP CONSTRAINT rekeyed_pkey, ADD PRIMARY KEY (amount)");
        for (String table : List.of("keyless", "rekeyed", "healthy")) {
            source.sql("UPDATE " + table + " SET note = 'third'");
        }

        source.once(6);

        assertThat(held()).isEqualTo(afterMissedChanges());
        assertThat(currentNotes("retagged")).containsExactly("second");
        JsonNode versions = history("refused", 1);
        assertThat(versions).extracting(version -> version.at("/note").asText()).containsExactly("first", "second");
        assertThat(history("refused", 2).at("/1/valid_to").isNull()).isFalse();
        assertThat(current("refused")).isEqualTo(1);
        assertThat(currentNotes("healthy")).containsExactly("third");
        assertThat(currentNotes("rekeyed")).containsExactly("first");
        assertThat(states()).doesNotContainKeys("keyless", "deferred");
        source.assertSound();
    }

    @Test
    @Order(4)
    void keepsTheHoldsAndHoldsATableThatBecomesFaultyWhileTheGatewayRuns() throws IOException, SQLException {
        source.sql("UPDATE healthy SET note = 'fourth'");
        try (CommandProcess gateway = source.running()) {
            gateway.awaitErr("The pipeline shop is running");
            await().atMost(LONG).until(() -> newestNote("healthy", 20).equals("fourth"));
            assertThat(held()).isEqualTo(afterMissedChanges());
            source.sql(
                    "BEGIN; ALTER TABLE refused RENAME TO gone; CREATE TABLE refused (LIKE gone INCLUDING ALL); COMMIT",
                    "UPDATE healthy SET note = 'fifth'");

            gateway.awaitErr("Held: shop.public.refused. CDC-018");
            await().atMost(LONG).until(() -> newestNote("healthy", 20).equals("fifth"));
            assertThat(held()).containsEntry("refused", "CDC-018");
            assertThat(gateway.handle().destroy()).isTrue();
            assertThat(gateway.exitCode(LONG)).as(gateway.err()).isZero();
        }
        assertThat(currentNotes("healthy")).containsExactly("fifth");
        assertThat(currentNotes("rekeyed")).containsExactly("first");
        assertThat(current("refused")).isEqualTo(1);
        source.assertSound();
    }

    private static Map<String, String> afterMissedChanges() {
        return codes(Map.of("refused", "", "retyped", "SNK-006", "keyless", "CDC-019", "rekeyed", "CDC-047"));
    }

    /** The holds of the faulty tables, with these differences; an empty code is a table that flows. */
    private static Map<String, String> codes(Map<String, String> changed) {
        Map<String, String> codes = new TreeMap<>();
        FROM_THE_START.forEach(fault -> codes.put(fault.table(), fault.code()));
        codes.putAll(changed);
        codes.values().removeIf(String::isEmpty);
        return codes;
    }

    private static Map<String, String> held() {
        Map<String, String> held = new TreeMap<>();
        for (JsonNode hold : Cli.json("status", "--home", source.home()).at("/held")) {
            assertThat(hold.at("/since").asText()).startsWith("20");
            assertThat(hold.at("/reason").asText()).startsWith(hold.at("/code").asText() + " ");
            assertThat(hold.at("/next").asText())
                    .isEqualTo("sluice explain " + hold.at("/code").asText());
            held.put(
                    hold.at("/dataset").asText().replace("shop.public.", ""),
                    hold.at("/code").asText());
        }
        return held;
    }

    private static List<String> currentNotes(String table) {
        assertThat(current(table)).isEqualTo(20);
        List<String> notes = new ArrayList<>();
        for (int id = 1; id <= 20; id++) {
            notes.add(newestNote(table, id));
        }
        return notes.stream().distinct().toList();
    }

    private static String newestNote(String table, int id) {
        JsonNode versions = history(table, id);
        return versions.get(versions.size() - 1).at("/note").asText();
    }

    private static JsonNode history(String table, int id) {
        return source.history(table, id);
    }

    private static int current(String table) {
        return Cli.json("table", "show", table, "--home", source.home())
                .at("/current_rows")
                .asInt();
    }

    /** What {@code table list} says of each table. */
    private static Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        Cli.json("table", "list", "--home", source.home())
                .forEach(table -> states.put(
                        table.at("/table").asText().replaceFirst(".*\\.", ""),
                        table.at("/state").asText()));
        return states;
    }

    private static void classify(String table, String keyTag) throws IOException {
        Path entry = folder.resolve("policy/catalog/shop/public/" + table);
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
                    tags: [%s]
                  note:
                    tags: [system.operations]
                  amount:
                    tags: [system.operations]
                  full name:
                    tags: [system.operations]
                  "1-2":
                    tags: [system.operations]
                """
                        .formatted(keyTag));
    }
}
