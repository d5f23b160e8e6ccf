package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.Lsn;
import dev.sluice.cdc.capture.postgres.TableForm;
import dev.sluice.cdc.capture.postgres.TableName;
import dev.sluice.cdc.capture.server.WrittenChanges;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    private static final CaptureState STATE = new CaptureState(
            CaptureState.VERSION,
            "shop",
            new CaptureState.Server("7711457874052352555", 1, 16384),
            new CaptureState.Slot("sluice_shop", "0/16B3748", "0/16B3780"),
            new CaptureState.Publication(
                    "sluice_shop",
                    16400,
                    "741",
                    Map.of(
                            "public.orders",
                            new CaptureState.TableIdentity(16403, List.of(2, 1), List.of(), form(16390)),
                            "public.customers",
                            new CaptureState.TableIdentity(16402, List.of(1), List.of(), form(16385))),
                    Map.of(
                            "public.orders",
                            hold("CDC-026", "0/2000000", CaptureState.Loss.NONE),
                            "public.keyless",
                            hold("CDC-022", null, CaptureState.Loss.WHILE_UNFIT)),
                    Map.of("public.customers", "0/1F00000")),
            1,
            "0/16B3780",
            "__sluice_unavailable_000102030405060708090a0b0c0d0e0f");

    @TempDir
    Path folder;

    private static TableForm form(long id) {
        return new TableForm(id, "-71", 16500, "742", List.of(3), Map.of(4, "notes"), true);
    }

    private static CaptureState.HeldTable hold(String code, @Nullable String from, CaptureState.Loss loss) {
        return new CaptureState.HeldTable(code, "The table is not fit.", "2026-02-03T04:05:06Z", from, loss);
    }

    static String golden(String name) throws IOException {
        try (InputStream file = StateFolderTest.class.getResourceAsStream("/capture/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void writesVersionFourByteForByte() throws IOException {
        try (StateFolder state = StateFolder.lock(folder)) {
            state.save(STATE);
        }

        assertThat(Files.readString(folder.resolve("capture.json")) + "\n").isEqualTo(golden("capture-v4.json"));
    }

    @Test
    void readsVersionFour() throws IOException {
        Files.writeString(folder.resolve("capture.json"), golden("capture-v4.json"));
        try (StateFolder state = StateFolder.lock(folder)) {
            assertThat(state.state()).contains(STATE);
        }
        assertThat(StateFolder.placeholder(folder)).contains(STATE.placeholder());
        assertThat(StateFolder.held(folder))
                .hasSize(2)
                .hasEntrySatisfying(TableName.parse("public.keyless"), cause -> assertThat(cause)
                        .hasMessage("CDC-022 The table is not fit."));
        assertThat(STATE.publication().captured())
                .containsExactly(TableName.parse("public.customers"), TableName.parse("public.orders"));
    }

    @Test
    void keepsTheNamesOfAKeyThatIsNoPrimaryKey() {
        CaptureState.TableIdentity told =
                new CaptureState.TableIdentity(1, List.of(2, 1), List.of("tenant", "number"), form(16390));
        CaptureState.Publication was = STATE.publication();
        CaptureState known = STATE.withPublication(was.with(Map.of("public.orders", told), Map.of()));
        try (StateFolder state = StateFolder.lock(folder)) {
            state.save(known);

            assertThat(state.state()).contains(known);
        }
    }

    @Test
    void refusesANewerVersionAndDamage() throws IOException {
        String text = golden("capture-v4.json");
        List<String> broken = List.of(
                text.replace("\"version\" : 4", "\"version\" : 3"),
                text.replace("sluice-capture-state", "something-else"),
                text.replace("\"snapshots\" : 1,", ""),
                text.substring(0, 200),
                "");
        for (String content : broken) {
            Files.writeString(folder.resolve("capture.json"), content);
            try (StateFolder state = StateFolder.lock(folder)) {
                assertThatThrownBy(state::state)
                        .isInstanceOf(CaptureException.class)
                        .hasMessageStartingWith("CDC-004");
            }
        }
    }

    @Test
    void isHeldByOneCaptureAtATime() {
        try (StateFolder first = StateFolder.lock(folder)) {
            assertThat(first.state()).isEmpty();
            assertThatThrownBy(() -> StateFolder.lock(folder)).hasMessageStartingWith("CDC-005");
        }
        StateFolder.lock(folder).close();
    }

    @Test
    void makesPlaceholdersThatCannotBeGuessed() {
        try (StateFolder locked = StateFolder.lock(folder)) {
            String first = locked.newPlaceholder();

            assertThat(first).matches("__sluice_unavailable_[0-9a-f]{32}").isNotEqualTo(locked.newPlaceholder());
        }
    }

    @Test
    void remembersTheFirstSnapshotWhenItBeginsAgain() {
        CaptureState unseen = STATE.withSnapshotAgain(STATE.server(), STATE.publication());
        CaptureState seen = unseen.withSlot(Lsn.parse("0/2000000"), Lsn.parse("0/2000038"));

        assertThat(unseen.slotSeen()).isFalse();
        assertThat(seen.snapshots()).isEqualTo(2);
        assertThat(seen.firstSnapshot()).isEqualTo("0/16B3780");
        assertThat(seen.slot()).isEqualTo(new CaptureState.Slot("sluice_shop", "0/2000000", "0/2000038"));
        assertThat(seen.placeholder()).isEqualTo(STATE.placeholder());
    }

    @Test
    void keepsFolderAndFilesFromOthers(@TempDir Path parent) throws Exception {
        Path open = Files.createDirectory(parent.resolve("open"), mode("rwxr-xr-x"));
        Files.createFile(open.resolve(StateFolder.STATE + ".new"), mode("rw-r--r--"));
        for (Path each : List.of(open, parent.resolve("new"))) {
            try (StateFolder held = StateFolder.lock(each)) {
                held.save(STATE);
                StateFolder.replace(held.offsetFile(), new byte[] {1});
            }
            assertThat(Files.getPosixFilePermissions(each)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            try (Stream<Path> files = Files.list(each)) {
                assertThat(files).hasSize(3).allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------")));
            }
        }
    }

    private static FileAttribute<?> mode(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    @Test
    void forgetsWhatMayBeInTheTopicsWithTheEpoch() {
        WrittenChanges written = new WrittenChanges(WrittenChanges.VERSION, "0/20", new WrittenChanges.Open("0/30", 7));
        try (StateFolder state = StateFolder.lock(folder)) {
            assertThat(state.written()).isEmpty();
            state.writing(written);
            assertThat(state.written()).contains(written);
        }

        StateFolder.renew(folder);

        try (StateFolder state = StateFolder.lock(folder)) {
            assertThat(state.written()).isEmpty();
        }
    }
}
