package dev.sluice.deploy.reset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.cli.Sluice;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.pipeline.Pipeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A slot that a reset cannot drop is named with what to run, because nobody else knows of the slot any more. */
class HomeResetTest {

    private static final String STATE =
            """
            {
              "format": "sluice-capture-state", "version": 4, "source": "shop",
              "server": {"system": "77", "timeline": 1, "database": 5},
              "slot": {"name": "sluice_shop", "restart": "0/20", "consistent": "0/20"},
              "publication": {
                "name": "sluice_shop", "id": 1, "revision": "1", "tables": {}, "held": {}, "stale": {}
              },
              "snapshots": 1, "firstSnapshot": "0/20", "placeholder": "unused"
            }
            """;

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
            policy: {dir: none, consumer: lake-analytics}
            """;

    private static final String STAYS =
            "The replication slot sluice_shop stays at the source, because no pipeline file says where the source is.";
    private static final String AWAY = "The replication slot sluice_shop at 127.0.0.1:1/shop could not be dropped";

    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void lay() throws IOException {
        home = Home.open(folder.resolve("home"));
        Path secret = Files.writeString(folder.resolve("secret"), "hush-hush\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path state = Files.createDirectories(Pipeline.captureState(home));
        Files.writeString(state.resolve("capture.json"), STATE);
    }

    private static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("none", STAYS),
                Arguments.of("damaged", STAYS),
                Arguments.of(GOOD.replace("jdbc", "idbc"), STAYS),
                Arguments.of(
                        GOOD.replaceAll("(?m)^  (url|user|password).*\n", "").replace("postgres", "topics"), STAYS),
                // The folder of the policy is missing, too, but the source is known.
                Arguments.of(GOOD, AWAY));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noSlotIsLeftWithoutAWord(String pipeline, String said) throws IOException {
        if (!pipeline.equals("none")) {
            Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
        }

        String preview = reset();
        String done = reset("--yes");

        assertThat(preview).contains("replication slot sluice_shop");
        assertThat(done).contains(said).contains("SELECT pg_drop_replication_slot('sluice_shop');");
        assertThat(home.work()).doesNotExist();
    }

    private String reset(String... more) {
        StringWriter said = new StringWriter();
        Path file = folder.resolve("pipeline.yaml");
        Stream<String> named = Files.exists(file) ? Stream.of("-f", file.toString()) : Stream.of();
        String[] words = Stream.of(Stream.of("reset", "--home", home.root().toString()), named, Stream.of(more))
                .flatMap(part -> part)
                .toArray(String[]::new);
        int code = Sluice.run(new PrintWriter(said, true), new PrintWriter(said, true), words);
        assertThat(code).as(said.toString()).isZero();
        return said.toString();
    }
}
