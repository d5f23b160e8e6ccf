package dev.sluice.audit.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.sinks.BatchId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says which batch wrote a commit, from the note that the sinks write into a commit. Reads each commit file once, up to
 * the note. Not thread-safe.
 */
final class CommitWriters {
    private final Path lake;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Path, Optional<BatchId>> read = new HashMap<>();

    CommitWriters(Path lake) {
        this.lake = lake;
    }

    /**
     * Returns the batch that a commit names in its user metadata; empty when the commit names none, and when an earlier
     * call could not read the file.
     */
    Optional<BatchId> of(String path, long version) throws IOException {
        Path file = lake.resolve(path).resolve("_delta_log").resolve(String.format("%020d.json", version));
        Optional<BatchId> known = read.putIfAbsent(file, Optional.empty());
        if (known != null) {
            return known;
        }
        Optional<BatchId> writer = read(file);
        read.put(file, writer);
        return writer;
    }

    private Optional<BatchId> read(Path commit) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(commit)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode metadata = json.readTree(line).path("commitInfo").path("userMetadata");
                if (metadata.isTextual()) {
                    return batch(metadata.textValue());
                }
            }
        }
        return Optional.empty();
    }

    /** Reads the batch from a note; commits of other writers have no such note. */
    private Optional<BatchId> batch(String metadata) {
        try {
            JsonNode note = json.readTree(metadata);
            return note.path("generation").isTextual() && note.path("number").isIntegralNumber()
                    ? Optional.of(new BatchId(
                            note.path("generation").textValue(),
                            note.path("number").longValue()))
                    : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException otherWriter) {
            return Optional.empty();
        }
    }
}
