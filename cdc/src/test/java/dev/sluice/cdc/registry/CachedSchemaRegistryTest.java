package dev.sluice.cdc.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdc.CaptureException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedSchemaRegistryTest {

    private static final String A =
            "{\"type\":\"record\",\"name\":\"a\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"},{\"name\":\"y\",\"type\":\"int\"}]}";
    private static final String A_SPACED =
            "{ \"name\":\"a\", \"type\":\"record\",\n \"fields\":[{\"type\":\"int\",\"name\":\"x\"},{\"name\":\"y\",\"type\":\"int\"}]}";
    private static final String A_SWAPPED =
            "{\"type\":\"record\",\"name\":\"a\",\"fields\":[{\"name\":\"y\",\"type\":\"int\"},{\"name\":\"x\",\"type\":\"int\"}]}";

    @TempDir
    Path folder;

    private final Server server = new Server();
    private Instant now = Instant.EPOCH;
    private final InstantSource clock = () -> now;

    /** A registry whose answers a test chooses. */
    private static final class Server implements SchemaRegistry {
        private final Map<Integer, String> schemas = new HashMap<>();
        private final List<Integer> asked = new ArrayList<>();
        private boolean down;

        @Override
        public int register(String subject, String schema) {
            return schemas.entrySet().stream()
                    .filter(e -> e.getValue().equals(schema))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
        }

        @Override
        public synchronized Optional<String> schema(int id) {
            asked.add(id);
            if (down) {
                throw RegistryErrors.down(URI.create("http://registry"), "down", null);
            }
            return Optional.ofNullable(schemas.get(id));
        }

        @Override
        public Optional<Integer> find(String subject, String schema) {
            return Optional.empty();
        }

        @Override
        public boolean compatible(String subject, String schema) {
            return true;
        }

        @Override
        public void compatibility(String subject, Compatibility level) {}
    }

    private CachedSchemaRegistry fresh() {
        return new CachedSchemaRegistry(server, new SchemaFolder(folder), clock);
    }

    private static String codeOf(Runnable call) {
        try {
            call.run();
            return "none";
        } catch (CaptureException e) {
            return e.code();
        }
    }

    @Test
    void asksOncePerIdEvenFromManyThreads() {
        server.schemas.put(1, A);
        CachedSchemaRegistry cache = new CachedSchemaRegistry(server);

        IntStream.range(0, 1000).parallel().forEach(i -> assertThat(cache.schema(1))
                .contains(A));

        assertThat(server.asked).containsExactly(1);
    }

    @Test
    void believesAMissingIdForAWhileOnly() {
        CachedSchemaRegistry cache = fresh();
        assertThat(cache.schema(5)).isEmpty();
        server.schemas.put(5, A);

        assertThat(cache.schema(5)).isEmpty();
        assertThat(server.asked).hasSize(1);

        now = now.plus(CachedSchemaRegistry.MISSING_FOR).plus(Duration.ofMillis(1));
        assertThat(cache.schema(5)).contains(A);
    }

    @Test
    void doesNotTakeAnOutageForAMissingId() {
        server.down = true;
        CachedSchemaRegistry cache = fresh();

        assertThat(codeOf(() -> cache.schema(5))).isEqualTo("CDC-101");

        server.down = false;
        server.schemas.put(5, A);
        assertThat(cache.schema(5)).contains(A);
    }

    @Test
    void decodesKnownIdsWhileTheRegistryIsDown() {
        server.schemas.put(5, A);
        assertThat(fresh().schema(5)).contains(A);
        server.down = true;

        assertThat(fresh().schema(5)).contains(A);
        assertThat(codeOf(() -> fresh().schema(6))).isEqualTo("CDC-101");
    }

    @Test
    void refusesAnotherSchemaUnderAKnownIdEveryTime() {
        server.schemas.put(5, A);
        fresh().schema(5);
        server.schemas.put(5, A_SWAPPED);
        CachedSchemaRegistry next = fresh();

        assertThat(codeOf(() -> next.schema(5))).isEqualTo("CDC-106");
        assertThat(codeOf(() -> next.schema(5))).isEqualTo("CDC-106");
    }

    @Test
    void refusesARegistrationUnderAnIdThatMeansSomethingElse() {
        server.schemas.put(5, A);
        CachedSchemaRegistry cache = fresh();
        cache.schema(5);
        server.schemas.put(5, A_SWAPPED);

        assertThat(codeOf(() -> cache.register("s", A_SWAPPED))).isEqualTo("CDC-106");
    }

    @Test
    void takesTheSameSchemaInAnotherSpellingForTheSame() {
        server.schemas.put(5, A);
        fresh().schema(5);
        server.schemas.put(5, A_SPACED);

        assertThat(fresh().schema(5)).contains(A);
    }

    @Test
    void keepsWhatItRegistered() {
        server.schemas.put(9, A);
        CachedSchemaRegistry cache = new CachedSchemaRegistry(server);

        assertThat(cache.register("s", A)).isEqualTo(9);
        assertThat(cache.schema(9)).contains(A);
        assertThat(server.asked).isEmpty();
    }

    @Test
    void refusesADamagedFile() throws IOException {
        server.schemas.put(5, A);
        fresh().schema(5);
        Path file = folder.resolve("schema-5.json");
        Files.writeString(file, Files.readString(file).replace("\\\"y\\\"", "\\\"z\\\""));

        assertThat(codeOf(() -> fresh().schema(5))).isEqualTo("CDC-107");
    }

    @Test
    void writesTheFileFormatOfTheGoldenFile() throws IOException {
        server.schemas.put(5, A);
        fresh().schema(5);

        String golden = new String(
                CachedSchemaRegistryTest.class
                        .getResourceAsStream("schema-5.json")
                        .readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(folder.resolve("schema-5.json")).hasContent(golden);
        assertThat(folder.toFile().list()).hasSize(1);
    }
}
