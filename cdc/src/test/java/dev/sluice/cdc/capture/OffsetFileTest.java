package dev.sluice.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.cdc.capture.postgres.Lsn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffsetFileTest {
    private static final ByteBuffer KEY = bytes("[\"shop\",{\"server\":\"shop\"}]");
    private static final String OFFSET = "{\"transaction_id\":\"757:28872944\",\"lsn_proc\":28872944,"
            + "\"messageType\":\"COMMIT\",\"lsn_commit\":28872944,\"lsn\":28872944,\"txId\":757,"
            + "\"ts_usec\":1795462437107000,\"transaction_data_collection_order_public.customers\":3}";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("offsets.json");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private void store(String offset) throws Exception {
        new OffsetFile(file)
                .set(Map.of(KEY, bytes(offset)), (error, done) -> {})
                .get();
    }

    private JsonNode read() throws Exception {
        ByteBuffer value = new OffsetFile(file).get(List.of(KEY)).get().get(KEY);
        return JsonMapper.builder()
                .build()
                .readTree(StandardCharsets.UTF_8.decode(value).toString());
    }

    @Test
    void writesVersionOneByteForByte() throws Exception {
        store(OFFSET);

        assertThat(Files.readString(file) + "\n").isEqualTo(StateFolderTest.golden("offsets-v1.json"));
    }

    @Test
    void givesAPositionBetweenTransactions() throws Exception {
        Files.writeString(file, StateFolderTest.golden("offsets-v1.json"));

        assertThat(read().toString())
                .isEqualTo("{\"lsn_commit\":28872944,\"lsn\":28872944,\"txId\":757,\"ts_usec\":1795462437107000}");
        assertThat(new OffsetFile(file).position()).contains(new Lsn(28872944));
    }

    @Test
    void goesBackToTheLastCommitWhenTheEventLiesBehindIt() throws Exception {
        store(OFFSET.replace("\"lsn\":28872944", "\"lsn\":28879999"));

        assertThat(read().get("lsn").asLong()).isEqualTo(28872944L);
    }

    @Test
    void keepsThePositionOfTheSnapshotUntilTheFirstCommit() throws Exception {
        store("{\"lsn\":100,\"snapshot\":\"INITIAL\",\"last_snapshot_record\":true,\"snapshot_completed\":true}");

        assertThat(read().toString())
                .isEqualTo(
                        "{\"lsn\":100,\"snapshot\":\"INITIAL\",\"last_snapshot_record\":true,\"snapshot_completed\":true}");
    }

    @Test
    void answersNothingBeforeTheFirstOffset() throws Exception {
        assertThat(new OffsetFile(file).get(List.of(KEY)).get()).isEmpty();
        assertThat(new OffsetFile(file).position()).isEmpty();
    }

    @Test
    void refusesDamage() throws IOException {
        Files.writeString(file, "{\"format\":\"sluice-capture-offsets\",\"version\":1,\"offs");
        assertThatThrownBy(() -> new OffsetFile(file).position()).hasMessageStartingWith("CDC-004");

        Files.writeString(file, "{\"format\":\"sluice-capture-offsets\",\"version\":2,\"offsets\":[]}");
        assertThatThrownBy(() -> new OffsetFile(file).position()).hasMessageContaining("version 1");
    }

    @Test
    void reportsAFailedWrite() throws Exception {
        OffsetFile nowhere = new OffsetFile(folder.resolve("missing").resolve("offsets.json"));
        Future<Void> stored = nowhere.set(Map.of(KEY, bytes(OFFSET)), (error, done) -> {});

        assertThatThrownBy(stored::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IOException.class);
    }
}
