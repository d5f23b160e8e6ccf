package dev.sluice.cdc.capture.epoch;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says which epoch a capture writes and what its predecessors left behind. Stored as JSON in {@code epoch.json} of the
 * state folder; the file outlives the state of a capture. Without the file the epoch is 0.
 *
 * @param version version of this format
 * @param epoch number of the epoch
 * @param placeholders texts that stood for values which the log did not hold, of all epochs before; records of those
 *     epochs may still wait in dead letters
 */
public record CaptureEpoch(int version, long epoch, List<String> placeholders) {

    /** The version that this release writes. */
    public static final int VERSION = 1;

    private static final String FILE = "epoch.json";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    public CaptureEpoch {
        placeholders = List.copyOf(placeholders);
    }

    /**
     * The epoch of the capture that keeps its state in that folder.
     *
     * @throws CaptureException {@code CDC-057} when the file cannot be read
     */
    public static CaptureEpoch of(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            CaptureEpoch epoch = JSON.readValue(Files.readAllBytes(file), CaptureEpoch.class);
            if (epoch.version() != VERSION) {
                throw unusable(file, "it has version " + epoch.version() + " and this release knows " + VERSION, null);
            }
            return epoch;
        } catch (NoSuchFileException first) {
            return new CaptureEpoch(VERSION, 0, List.of());
        } catch (IOException e) {
            throw unusable(file, "it cannot be read", e);
        }
    }

    /** The epoch after this one, whose predecessors used that placeholder as well, where it is known. */
    public CaptureEpoch next(Optional<String> placeholder) {
        List<String> all = new ArrayList<>(placeholders);
        placeholder.ifPresent(all::add);
        return new CaptureEpoch(VERSION, epoch + 1, all);
    }

    /**
     * Stores the epoch in that folder, whole and durably.
     *
     * @throws CaptureException {@code CDC-057} when the file cannot be written
     */
    public void store(Path folder) {
        Path file = folder.resolve(FILE);
        Path beside = folder.resolve(FILE + ".new");
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(this));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(file, "it cannot be written", e);
        }
    }

    private static CaptureException unusable(
            Path file, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new CaptureException(
                "CDC-057",
                "The file " + file + " cannot be used: " + why + ". The file says which epoch capture writes. Restore"
                        + " the file from a backup, or give its folder back to the user that runs sluice.",
                false,
                cause);
    }
}
