package dev.sluice.cdc.capture.epoch;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.cdc.CaptureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A small JSON file about epochs, which is replaced whole.
 *
 * @param path the file
 * @param type what the file holds
 * @param versionOf the version of a content
 * @param version the version that this release writes and reads
 */
record EpochFile<T>(Path path, Class<T> type, ToIntFunction<T> versionOf, int version) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /**
     * The content; empty when there is no file.
     *
     * @throws CaptureException {@code CDC-057} when the file cannot be read
     */
    Optional<T> read() {
        try {
            T content = JSON.readValue(Files.readAllBytes(path), type);
            int found = versionOf.applyAsInt(content);
            if (found != version) {
                throw unusable("it has version " + found + " and this release knows " + version, null);
            }
            return Optional.of(content);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable("it cannot be read", e);
        }
    }

    /**
     * Replaces the content, whole and durably.
     *
     * @throws CaptureException {@code CDC-057} when the file cannot be written
     */
    void replace(T content) {
        Path beside = path.resolveSibling(path.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(content));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable("it cannot be written", e);
        }
    }

    /**
     * Deletes the folder of the file with the files in it, if it exists.
     *
     * @throws CaptureException {@code CDC-057} when a file cannot be deleted
     */
    void deleteFolder() {
        Path folder = path.resolveSibling("");
        try {
            for (Path file : filesIn(folder)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw unusable("its folder cannot be deleted", e);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private CaptureException unusable(String why, @Nullable Throwable cause) {
        return new CaptureException(
                "CDC-057",
                "The file " + path + " cannot be used: " + why + ". The file says which epoch capture writes. Restore"
                        + " the file from a backup, or give its folder back to the user that runs sluice.",
                false,
                cause);
    }
}
