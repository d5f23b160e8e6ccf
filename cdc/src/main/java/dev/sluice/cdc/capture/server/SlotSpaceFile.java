package dev.sluice.cdc.capture.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the newest reading of the slot in a file, for other processes. It is replaced whole and not forced to disk,
 * because the next reading comes within seconds.
 *
 * @param file the file, in the state folder of the capture
 */
public record SlotSpaceFile(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    /** The file in that state folder. */
    public static SlotSpaceFile in(Path stateFolder) {
        return new SlotSpaceFile(stateFolder.resolve("slot.json"));
    }

    void write(SlotSpace space) throws IOException {
        ObjectNode document = JSON.createObjectNode()
                .put("format", "sluice-slot")
                .put("version", VERSION)
                .put("slot", space.slot())
                .put("at", space.at().toString())
                .put("status", space.status())
                .put("retained", space.retained())
                .put("warn_at", space.warnAt());
        if (space.limit() != null) {
            document.put("limit", space.limit());
        }
        Path part = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(part, JSON.writeValueAsString(document) + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The newest reading; empty when there is none that this version of the program understands. */
    public Optional<SlotSpace> read() {
        try {
            JsonNode document = JSON.readTree(Files.readString(file));
            if (document.path("version").asInt() != VERSION) {
                return Optional.empty();
            }
            JsonNode limit = document.path("limit");
            return Optional.of(new SlotSpace(
                    document.path("slot").asText(),
                    Instant.parse(document.path("at").asText()),
                    document.path("status").asText(),
                    document.path("retained").asLong(),
                    limit.isNumber() ? limit.asLong() : null,
                    document.path("warn_at").asLong()));
        } catch (IOException | DateTimeException noReading) {
            return Optional.empty();
        }
    }
}
