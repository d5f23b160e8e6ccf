package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deploy.truth.KernelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single tables are read anew, after a gap and in the middle of changes, and the other tables go on. */
class TableSnapshotIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int KEYS = 40;
    private static final int MOST_CHANGES = 5_000;

    @TempDir
    private Path folder;

    @Test
    void curesAGapAndLosesNothingInTheMiddleOfChanges() throws Exception {
        try (GovernedSource source = GovernedSource.start(folder)) {
            prepare(source);
            curesAGap(source);
            readsAnewWhileRowsChange(source, List.of());
            source.assertSound();
        }
    }

    /** CP28: the smaller capture has just begun; CP29: its snapshot is whole; CP30: it is about to join. */
    @Test
    @Tag("nightly")
    void goesOnAfterAKillAtEachPlace() throws Exception {
        try (GovernedSource source = GovernedSource.start(folder)) {
            prepare(source);
            readsAnewWhileRowsChange(source, List.of("CP28", "CP29", "CP30", "CP28"));
            source.assertSound();
        }
    }

    private static void prepare(GovernedSource source) throws IOException, SQLException {
        for (String table : List.of("item", "steady")) {
            source.sql(
                    "CREATE TABLE " + table + " (id int PRIMARY KEY, note text)",
                    "INSERT INTO " + table + " SELECT n, '0' FROM generate_series(1, " + KEYS + ") n");
            source.table(table, "note", "colour", "paint");
        }
        source.matching(List.of("public.extra_*"));
        source.once(0);
    }

    private static void curesAGap(GovernedSource source) throws IOException, SQLException {
        comesByAPattern(source);
        source.sql(
                "ALTER PUBLICATION sluice_shop DROP TABLE item",
                "UPDATE item SET note = 'missed' WHERE id = 3",
                "DELETE FROM item WHERE id = 4",
                "INSERT INTO item VALUES (41, 'missed')",
                "ALTER PUBLICATION sluice_shop ADD TABLE item",
                "UPDATE steady SET note = '1' WHERE id = 1");
        assertThat(source.once(6)).contains("CDC-048", "CDC-019").contains("sluice capture snapshot");
        assertThat(source.notes("steady", 1)).containsExactly("0", "1");
        assertThat(snapshot(source, "public.nothing").err()).contains("DEP-152").contains("public.item");
        assertThat(snapshot(source, "public.steady").err()).contains("CDC-117").contains("sluice capture reset");

        refusesWhileTheSlotIsOfAnother(source);
        assertThat(snapshot(source, "public.extra_1").code()).isZero();
        Cli asked = snapshot(source, "public.item");
        assertThat(asked.code()).as(asked.err()).isZero();
        source.sql("UPDATE item SET note = 'later' WHERE id = 5");
        source.once(0);

        assertThat(source.notes("extra_1", 1)).containsExactly("first");
        assertThat(source.notes("item", 2)).containsExactly("0");
        assertThat(source.notes("item", 3)).containsExactly("0", "missed");
        assertThat(source.notes("item", 4)).containsExactly("0", "-");
        assertThat(source.notes("item", 5)).containsExactly("0", "later");
        assertThat(source.notes("item", 41)).containsExactly("missed");
        source.sql("DELETE FROM item WHERE id = 41", "UPDATE item SET note = 'x' WHERE id = 4");
        source.once(0);
        assertThat(source.notes("item", 41)).containsExactly("missed", "-");
        showsWhatADefaultGaveToRows(source);
    }

    /** The slot has the name of the second slot and was not made by this home; a held table keeps its cause. */
    private static void refusesWhileTheSlotIsOfAnother(GovernedSource source) throws SQLException {
        source.sql("SELECT pg_create_logical_replication_slot('sluice_shop_snapshot', 'pgoutput')");
        assertThat(snapshot(source, "public.item").code()).isZero();
        assertThat(asked(source, "public.item").at("/snapshot").asText()).isEqualTo("asked");
        source.sql("UPDATE steady SET note = '2' WHERE id = 1");
        assertThat(source.once(6)).contains("CDC-048");
        assertThat(asked(source, "public.item").at("/snapshot").asText()).isEqualTo("refused");
        assertThat(asked(source, "public.item").at("/snapshot_reason").asText())
                .contains("CDC-122", "pg_drop_replication_slot('sluice_shop_snapshot')");
        assertThat(asked(source, "public.item").at("/code").asText()).isEqualTo("CDC-048");
        assertThat(source.notes("steady", 1)).containsExactly("0", "1", "2");
        assertThat(slots(source)).isEqualTo("sluice_shop sluice_shop_snapshot");
        source.sql("SELECT pg_drop_replication_slot('sluice_shop_snapshot')");
    }

    private static JsonNode asked(GovernedSource source, String table) {
        for (JsonNode row : Cli.json("capture", "status", "--home", source.home())) {
            if (row.at("/table").asText().equals(table)) {
                return row;
            }
        }
        throw new AssertionError("capture status does not list " + table);
    }

    /** A new table that a pattern matches has never had a snapshot. */
    private static void comesByAPattern(GovernedSource source) throws IOException, SQLException {
        source.sql(
                "CREATE TABLE extra_1 (id int PRIMARY KEY, note text)",
                "INSERT INTO extra_1 VALUES (1, 'first')",
                "GRANT SELECT ON extra_1 TO sluice",
                "ALTER PUBLICATION sluice_shop ADD TABLE extra_1");
        source.catalogued("public.extra_1", List.of("id"), List.of("note"), Map.of());
    }

    /** The log leaves an unchanged large value out, and under the new name of its column the value never came. */
    private static void holdsATableWhoseLargeColumnHasAnotherName(GovernedSource source) throws SQLException {
        String large = "(SELECT string_agg(md5(i::text), '') FROM generate_series(1, 400) i)";
        source.sql("UPDATE item SET colour = " + large + " WHERE id = 8");
        source.once(0);
        source.sql(
                "ALTER TABLE item RENAME COLUMN colour TO paint",
                "UPDATE item SET note = 'x' WHERE id = 8",
                "UPDATE item SET note = 'y' WHERE id = 9");
        assertThat(source.once(6)).contains("CDC-120").contains("sluice capture snapshot");

        assertThat(snapshot(source, "public.item").code()).isZero();
        source.once(0);
        List<String> paints = new ArrayList<>();
        source.history("item", 8)
                .forEach(version -> paints.add(version.path("paint").asText("null")));
        assertThat(paints.get(paints.size() - 1)).hasSize(400 * 32);
        assertThat(source.notes("item", 8)).endsWith("x");
    }

    /** The server gives old rows the default of a new column, and the log has no record for that. */
    private static void showsWhatADefaultGaveToRows(GovernedSource source) throws SQLException {
        source.sql("ALTER TABLE item ADD COLUMN empty text", "UPDATE item SET note = 'w' WHERE id = 6");
        source.once(0);
        assertThat(stale(source)).isEmpty();
        source.sql("ALTER TABLE item ADD COLUMN colour text DEFAULT 'red'", "UPDATE item SET note = 'w' WHERE id = 7");
        source.once(0);
        assertThat(colours(source, 2)).containsExactly("null");
        assertThat(colours(source, 7)).containsExactly("null", "red");
        assertThat(stale(source)).hasSize(1).allSatisfy(table -> {
            assertThat(table.at("/table").asText()).isEqualTo("public.item");
            assertThat(table.at("/code").asText()).isEqualTo("CDC-119");
        });

        assertThat(snapshot(source, "public.item").code()).isZero();
        source.once(0);
        assertThat(colours(source, 2)).containsExactly("null", "red");
        assertThat(colours(source, 7)).containsExactly("null", "red");
        assertThat(stale(source)).isEmpty();
        holdsATableWhoseLargeColumnHasAnotherName(source);
    }

    private static List<JsonNode> stale(GovernedSource source) {
        List<JsonNode> stale = new ArrayList<>();
        Cli.json("status", "--home", source.home()).at("/stale").forEach(stale::add);
        return stale;
    }

    private static List<String> colours(GovernedSource source, int key) {
        List<String> colours = new ArrayList<>();
        source.history("item", key)
                .forEach(version -> colours.add(version.path("colour").asText("null")));
        return colours;
    }

    /**
     * Every change of a row adds one to its number, so a lost, doubled or misplaced change shows. The changes between the
     * request and the snapshot that follows make no versions of their own: one jump for each snapshot. The transactions
     * also touch a table that only one of the two captures reads, and a row that is gone at their end; a change that both
     * captures write and that counts twice leaves such a row behind.
     */
    private static void readsAnewWhileRowsChange(GovernedSource source, List<String> kills) throws Exception {
        int snapshots = 1 + (int) kills.stream().filter("CP28"::equals).count();
        source.sql("TRUNCATE item", "INSERT INTO item SELECT n, '0' FROM generate_series(1, " + KEYS + ") n");
        source.once(0);
        CountDownLatch enough = new CountDownLatch(1);
        List<CompletableFuture<Integer>> sessions = List.of(changing(source, enough, 1), changing(source, enough, 2));
        assertThat(snapshot(source, "public.item").code()).isZero();
        for (String point : kills) {
            try (CommandProcess gateway = source.runningUntil(point)) {
                assertThat(gateway.exitCode(LONG)).isEqualTo(137);
            }
            assertThat(Files.readString(source.home().resolve("work/capture/capture.json")))
                    .contains("CDC-116");
        }
        source.once(0);
        enough.countDown();
        for (CompletableFuture<Integer> session : sessions) {
            assertThat(session.get()).isPositive();
        }
        source.once(0);
        Map<Integer, Integer> alive = new TreeMap<>();
        for (Map.Entry<Integer, List<Map<String, String>>> key : lake(source).entrySet()) {
            List<Map<String, String>> versions = key.getValue();
            Map<String, String> last = versions.get(versions.size() - 1);
            if (last.get("is_current").equals("true")) {
                alive.put(key.getKey(), Integer.valueOf(last.get("note")));
                List<Integer> lived = lived(versions);
                assertThat(lived).isSorted().doesNotHaveDuplicates().startsWith(0);
                assertThat(jumps(lived)).as(lived.toString()).isLessThanOrEqualTo(snapshots);
            }
        }
        assertThat(alive).isEqualTo(rows(source));
        assertThat(slots(source)).isEqualTo("sluice_shop");
    }

    private static long jumps(List<Integer> numbers) {
        return IntStream.range(1, numbers.size())
                .filter(i -> numbers.get(i) > numbers.get(i - 1) + 1)
                .count();
    }

    /** The versions of each key of the table in the lake, the oldest first. */
    private static Map<Integer, List<Map<String, String>>> lake(GovernedSource source) throws IOException {
        Map<Integer, List<Map<String, String>>> versions = new TreeMap<>();
        KernelReader.rows(source.home().resolve("lake/lake-analytics/shop.public.item"))
                .forEach(row -> versions.computeIfAbsent(Integer.valueOf(row.get("id")), id -> new ArrayList<>())
                        .add(row));
        versions.values().forEach(rows -> rows.sort(Comparator.comparing(row -> row.get("valid_from"))));
        return versions;
    }

    /** The numbers of a row since it was inserted last. */
    private static List<Integer> lived(List<Map<String, String>> versions) {
        int first = versions.size() - 1;
        while (first > 0
                && versions.get(first)
                        .get("valid_from")
                        .equals(versions.get(first - 1).get("valid_to"))) {
            first--;
        }
        return versions.subList(first, versions.size()).stream()
                .map(version -> Integer.valueOf(version.get("note")))
                .toList();
    }

    private static CompletableFuture<Integer> changing(GovernedSource source, CountDownLatch enough, int seed) {
        return CompletableFuture.supplyAsync(() -> {
            Random random = new Random(seed);
            int changes = 0;
            try (Connection connection = source.connect();
                    Statement change = connection.createStatement()) {
                while (!enough.await(changes < MOST_CHANGES ? 8 : 1_000, TimeUnit.MILLISECONDS)) {
                    int key = 1 + random.nextInt(KEYS);
                    int brief = seed * 1_000_000 + changes;
                    change.execute("BEGIN; UPDATE steady SET note = '" + changes + "' WHERE id <= " + key % 3
                            + "; INSERT INTO item VALUES (" + brief + ", '0'); DELETE FROM item WHERE id = " + brief
                            + "; UPDATE item SET note = (note::int + 1)::text WHERE id = " + key + "; COMMIT");
                    changes++;
                }
                return changes;
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Map<Integer, Integer> rows(GovernedSource source) throws SQLException {
        Map<Integer, Integer> rows = new TreeMap<>();
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, note::int FROM item")) {
            while (row.next()) {
                rows.put(row.getInt(1), row.getInt(2));
            }
        }
        return rows;
    }

    private static String slots(GovernedSource source) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT string_agg(slot_name, ' ' ORDER BY slot_name) FROM pg_replication_slots")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Cli snapshot(GovernedSource source, String table) {
        return Cli.run("capture", "snapshot", table, "-f", source.pipeline(), "--home", source.home());
    }
}
