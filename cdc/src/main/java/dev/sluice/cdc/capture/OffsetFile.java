package dev.sluice.cdc.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cdc.capture.postgres.Lsn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Stores the engine's offsets in one small JSON file and replaces the file atomically; {@code set} returns when the
 * file is on disk. The file store of Kafka Connect rewrites its file in place, so a crash could leave half of the file.
 *
 * <p>Capture confirms at commit boundaries only ({@link dev.sluice.cdc.capture.cut.CommitBoundary}). So a resume needs
 * no search inside transactions: {@code get} leaves out the keys that make the engine search for the event after the
 * last one seen. Measured: that search drops events of a transaction that was open while the last confirmed one
 * committed. PostgreSQL itself sends every transaction that commits after the confirmed position, whole.
 *
 * <p>Used by one engine at a time.
 */
public final class OffsetFile implements OffsetBackingStore {
    private static final String FORMAT = "sluice-capture-offsets";
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private @Nullable Path file;

    /** For the engine, which calls {@link #configure} next. */
    public OffsetFile() {}

    OffsetFile(Path file) {
        this.file = file;
    }

    @Override
    public void configure(WorkerConfig config) {
        file = Path.of(String.valueOf(config.originals().get("offset.storage.file.filename")));
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
        Map<String, String> stored = read();
        Map<ByteBuffer, ByteBuffer> answer = new HashMap<>();
        for (ByteBuffer key : keys) {
            String offset = stored.get(text(key));
            if (offset != null) {
                answer.put(key, ByteBuffer.wrap(atBoundary(offset).getBytes(StandardCharsets.UTF_8)));
            }
        }
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, Callback<Void> callback) {
        try {
            Map<String, String> stored = new TreeMap<>(read());
            values.forEach((key, value) -> stored.put(text(key), text(value)));
            write(stored);
        } catch (IOException e) {
            callback.onCompletion(e, null);
            return CompletableFuture.failedFuture(e);
        }
        callback.onCompletion(null, null);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connector) {
        return Set.of();
    }

    /** The confirmed position, empty before a snapshot is complete. */
    Optional<Lsn> position() {
        return read().values().stream().findFirst().map(offset -> positionOf(tree(offset)));
    }

    private static Lsn positionOf(JsonNode offset) {
        JsonNode commit = offset.path("lsn_commit");
        return new Lsn(commit.isNumber() ? commit.asLong() : offset.path("lsn").asLong());
    }

    /** The offset as a position between two transactions, see the class comment. */
    private String atBoundary(String offset) {
        ObjectNode kept = tree(offset);
        kept.put("lsn", positionOf(kept).value());
        kept.remove(List.of("lsn_proc", "messageType", "transaction_id"));
        kept.remove(names(kept).stream()
                .filter(name -> name.startsWith("transaction_data_collection_order_"))
                .toList());
        return kept.toString();
    }

    private static List<String> names(ObjectNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    private ObjectNode tree(String offset) {
        try {
            if (JSON.readTree(offset) instanceof ObjectNode object) {
                return object;
            }
            throw CaptureErrors.stateFolder(path(), "it holds something else than an offset", null);
        } catch (JsonProcessingException e) {
            throw CaptureErrors.stateFolder(path(), "it is damaged", e);
        }
    }

    private Map<String, String> read() {
        try {
            JsonNode document = JSON.readTree(Files.readAllBytes(path()));
            if (!FORMAT.equals(document.path("format").asText())
                    || document.path("version").asInt() != VERSION) {
                throw CaptureErrors.stateFolder(path(), "it is not an offset file of version " + VERSION, null);
            }
            Map<String, String> stored = new TreeMap<>();
            for (JsonNode entry : document.path("offsets")) {
                stored.put(
                        entry.path("partition").asText(), entry.path("offset").toString());
            }
            return stored;
        } catch (NoSuchFileException none) {
            return Map.of();
        } catch (JsonProcessingException e) {
            throw CaptureErrors.stateFolder(path(), "it is damaged", e);
        } catch (IOException e) {
            throw CaptureErrors.stateFolder(path(), "it cannot be read", e);
        }
    }

    private void write(Map<String, String> stored) throws IOException {
        ObjectNode document = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
        var offsets = document.putArray("offsets");
        stored.forEach(
                (key, offset) -> offsets.addObject().put("partition", key).set("offset", tree(offset)));
        StateFolder.replace(path(), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document));
    }

    private Path path() {
        if (file == null) {
            throw new IllegalStateException("The offset file is not configured.");
        }
        return file;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
