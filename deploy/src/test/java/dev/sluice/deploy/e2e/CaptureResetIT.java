package dev.sluice.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture that lost its slot begins anew, as its error says, and the history goes on. */
class CaptureResetIT {

    @TempDir
    private static Path folder;

    @Test
    void goesOnInANewEpochAndClosesWhatWasDeletedMeanwhile() throws IOException, SQLException {
        try (GovernedSource source = GovernedSource.start(folder)) {
            for (String table : List.of("item", "emptied")) {
                source.sql(
                        "CREATE TABLE " + table + " (id int PRIMARY KEY, note text)",
                        "INSERT INTO " + table + " SELECT n, 'first' FROM generate_series(1, 6) n");
                source.table(table, "note");
            }
            source.once(0);
            source.sql("UPDATE item SET note = 'second' WHERE id = 2");
            source.once(0);
            source.sql("SELECT pg_drop_replication_slot('sluice_shop')");
            source.sql(
                    "UPDATE item SET note = 'third' WHERE id = 3",
                    "DELETE FROM item WHERE id IN (2, 4)",
                    "INSERT INTO item VALUES (7, 'first')",
                    "DELETE FROM emptied");

            assertThat(source.once(1)).contains("CDC-011").contains("sluice capture reset");
            Path state = source.home().resolve("work/capture/capture.json");
            String before = Files.readString(state);
            Cli preview = Cli.run("capture", "reset", "-f", source.pipeline(), "--home", source.home());
            assertThat(preview.code()).as(preview.err()).isZero();
            assertThat(preview.out()).contains("sluice_shop").contains("topic shop.public.item");
            assertThat(state).as("a preview changes nothing").hasContent(before);
            refusesASlotThatTheHomeDoesNotKnow(source);
            Cli reset = Cli.run("capture", "reset", "-f", source.pipeline(), "--home", source.home(), "--yes");
            assertThat(reset.code()).as(reset.err()).isZero();
            source.once(0);

            assertThat(notes(source, "item"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            1, List.of("first"),
                            2, List.of("first", "second", "-"),
                            3, List.of("first", "third"),
                            4, List.of("first", "-"),
                            5, List.of("first"),
                            6, List.of("first"),
                            7, List.of("first")));
            assertThat(notes(source, "emptied").values()).allMatch(List.of("first", "-")::equals);

            source.sql("UPDATE item SET note = 'fourth' WHERE id = 3", "INSERT INTO item VALUES (4, 'again')");
            source.once(0);
            assertThat(notes(source, "item"))
                    .containsEntry(3, List.of("first", "third", "fourth"))
                    .containsEntry(4, List.of("first", "-", "again"));
            assertThat(entries(source.home().resolve("ledger"))).contains("capture.began-anew");
            source.assertSound();
        }
    }

    private static void refusesASlotThatTheHomeDoesNotKnow(GovernedSource source) throws IOException, SQLException {
        source.sql("SELECT pg_create_logical_replication_slot('sluice_shop', 'pgoutput')");
        Path state = source.home().resolve("work/capture/capture.json");
        String text = Files.readString(state);
        Files.delete(state);
        assertThat(refused(source)).contains("the state of its capture is gone");
        Files.writeString(state, text.replace("\"system\" : \"", "\"system\" : \"9"));
        assertThat(refused(source)).contains("another server");
        Files.writeString(state, text);
        source.sql("SELECT 1 / count(*) FROM pg_replication_slots WHERE slot_name = 'sluice_shop'");
    }

    private static String refused(GovernedSource source) {
        Cli reset = Cli.run("capture", "reset", "-f", source.pipeline(), "--home", source.home(), "--yes");
        assertThat(reset.code()).as(reset.out()).isEqualTo(1);
        assertThat(reset.err()).contains("DEP-151").contains("SELECT pg_drop_replication_slot('sluice_shop')");
        return reset.err();
    }

    private static String entries(Path ledger) throws IOException {
        try (Stream<Path> files = Files.walk(ledger)) {
            StringBuilder entries = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
            return entries.toString();
        }
    }

    /** The notes of each key that has a version. */
    private static Map<Integer, List<String>> notes(GovernedSource source, String table) {
        Map<Integer, List<String>> notes = new TreeMap<>();
        for (int key = 1; key <= 7; key++) {
            notes.put(key, source.notes(table, key));
        }
        notes.values().removeIf(List::isEmpty);
        return notes;
    }
}
