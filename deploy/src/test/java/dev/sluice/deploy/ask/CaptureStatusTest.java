package dev.sluice.deploy.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdc.CaptureException;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CaptureStatusTest {

    private static final String STATE =
            """
            {"format":"sluice-capture-state","version":4,"source":"shop",
             "server":{"system":"7","timeline":1,"database":5},
             "slot":{"name":"sluice_shop","restart":"0/10","consistent":"0/20"},
             "publication":{"name":"sluice_shop","id":9,"revision":"1",
              "tables":{"public.a":%1$s,"public.gone":%1$s,"public.hidden":%1$s},
              "held":{
               "public.gone":{"code":"CDC-020","reason":"Gone.","since":"2026-11-30T10:00:00Z","from":"0/30",
                "loss":"WHILE_UNFIT"},
               "public.hidden":{"code":"CDC-038","reason":"Hidden.","since":"2026-11-30T10:00:00Z","from":"0/30",
                "loss":"NONE"},
               "public.late":{"code":"CDC-019","reason":"Late.","since":"2026-11-30T11:00:00Z","from":null,
                "loss":"UNTIL_SNAPSHOT"}},
              "stale":{"public.a":"0/2F"}},
             "snapshots":1,"firstSnapshot":"0/20","placeholder":"p"}
            """
                    .formatted(
                            "{\"membership\":3,\"key\":[1],\"form\":{\"id\":16385,\"columns\":\"1\",\"file\":2,\"naming\":\"7\","
                                    + "\"filled\":[], \"stored\": {}, \"unsent\": false}}");

    private static final String OFFSETS =
            """
            {"format":"sluice-capture-offsets","version":1,
             "offsets":[{"partition":"p","offset":{"lsn":4096,"lsn_commit":4096}}]}
            """;

    private static final String SLOT =
            """
            {"format":"sluice-slot","version":1,"slot":"sluice_shop","at":"2026-11-30T12:00:00Z","status":"reserved",
             "retained":123,"warn_at":1000}
            """;

    @TempDir
    private Path folder;

    private Home home;
    private Path state;

    @BeforeEach
    void make() throws IOException {
        home = Home.open(folder.resolve("home"));
        state = Files.createDirectories(Pipeline.captureState(home));
    }

    static Stream<Arguments> moments() {
        return Stream.of(
                Arguments.of(false, false, "pending"),
                Arguments.of(false, true, "reading"),
                Arguments.of(true, false, "stopped"),
                Arguments.of(true, true, "streaming"));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void namesTheStateOfEachTable(boolean complete, boolean running, String label) throws IOException {
        Files.writeString(state.resolve("capture.json"), STATE);
        Files.writeString(state.resolve("slot.json"), SLOT);
        if (complete) {
            Files.writeString(state.resolve("offsets.json"), OFFSETS);
        }
        CaptureStatus status = running ? whileRunning() : new Answers(home).capture();

        String confirmed = complete ? "0/1000" : null;
        assertThat(lines(status))
                .containsExactly(
                        "public.a " + label + " null 16385 shop.public.a " + confirmed,
                        "public.gone held CDC-020 16385 shop.public.gone 0/30",
                        "public.hidden held CDC-038 16385 shop.public.hidden " + confirmed,
                        "public.late held CDC-019 null shop.public.late null");
        assertThat(status.tables())
                .extracting(CaptureStatus.CapturedTable::staleFrom)
                .containsExactly("0/2F", null, null, null);
        assertThat(status.slot()).isEqualTo("sluice_shop");
        assertThat(status.space()).isNotNull().satisfies(space -> assertThat(space.retained())
                .isEqualTo(123));
    }

    @Test
    void hasNoTableBeforeACaptureHasRun() {
        assertThat(new Answers(home).capture()).isEqualTo(new CaptureStatus(List.of(), null, null));
    }

    @Test
    void refusesADamagedState() throws IOException {
        Files.writeString(state.resolve("capture.json"), STATE.substring(0, 90));

        assertThatThrownBy(() -> new Answers(home).capture())
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("CDC-004");
    }

    private CaptureStatus whileRunning() {
        try (HomeLock lock = HomeLock.acquire(home)) {
            return new Answers(lock.home()).capture();
        }
    }

    private static List<String> lines(CaptureStatus status) {
        return status.tables().stream()
                .map(table -> table.table() + " " + table.state().label() + " "
                        + (table.held() == null ? null : table.held().code()) + " " + table.id() + " " + table.topic()
                        + " " + table.capturedTo())
                .toList();
    }
}
