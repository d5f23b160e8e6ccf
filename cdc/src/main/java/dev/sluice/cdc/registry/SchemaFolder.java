package dev.sluice.cdc.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Stores schemas on disk, one file per id: {@code schema-<id>.json} with {@code format} 1, {@code id}, {@code
 * fingerprint} and {@code schema}. Files are written whole (temporary file, fsync, atomic rename), so processes may
 * share a folder. A file whose content does not fit its fingerprint or its name is refused. Thread-safe.
 */
public final class SchemaFolder {

    private static final int FORMAT = 1;
    private static final long LONGEST_FILE = 16L << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** The folder; it is created when missing. */
    public SchemaFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw RegistryErrors.folder(folder, e);
        }
    }

    /** The schema kept under that id. */
    Optional<String> read(int id) {
        Path file = file(id);
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw RegistryErrors.damagedFile(file, "it is longer than " + LONGEST_FILE + " bytes");
            }
            return Optional.of(checked(file, id, JSON.readTree(Files.readAllBytes(file))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw RegistryErrors.damagedFile(file, "it is not JSON", e);
        } catch (IOException e) {
            throw RegistryErrors.folder(folder, e);
        }
    }

    /** Keeps the schema under that id. The caller has compared it with what {@link #read} gives. */
    void write(int id, String schema) {
        JsonNode content = JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("id", id)
                .put("fingerprint", SchemaFingerprint.of(schema))
                .put("schema", schema);
        try {
            Path temporary = Files.createTempFile(folder, "schema-", ".tmp");
            byte[] bytes = (content.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(temporary, file(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw RegistryErrors.folder(folder, e);
        }
    }

    private static String checked(Path file, int id, JsonNode content) {
        if (content.path("format").asInt(0) != FORMAT) {
            throw RegistryErrors.damagedFile(file, "its format is not " + FORMAT);
        }
        if (content.path("id").asInt(id - 1) != id) {
            throw RegistryErrors.damagedFile(file, "it is for another id");
        }
        String schema = content.path("schema").asText("");
        if (!SchemaFingerprint.of(schema).equals(content.path("fingerprint").asText())) {
            throw RegistryErrors.damagedFile(file, "its schema does not fit its fingerprint");
        }
        return schema;
    }

    private Path file(int id) {
        return folder.resolve("schema-" + Integer.toUnsignedString(id) + ".json");
    }
}
