package dev.sluice.cdc.capture.table;

import dev.sluice.cdc.CaptureException;
import dev.sluice.cdc.capture.postgres.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The tables of which a new snapshot is asked for. Each request is a file with the name of its table in the folder
 * {@code requests} of the state folder, so that a command can ask while capture runs or while it does not.
 *
 * @param folder folder of the requests
 */
public record SnapshotRequests(Path folder) {

    /** The requests to the capture with that state folder. */
    public static SnapshotRequests in(Path stateFolder) {
        return new SnapshotRequests(stateFolder.resolve("requests"));
    }

    /**
     * Asks for a snapshot of the table; does nothing when that is asked already.
     *
     * @throws CaptureException {@code CDC-118} when the request cannot be written
     */
    public void add(TableName table) {
        Path file = file(table);
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(folder);
            Files.writeString(beside, table.toString());
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable("cannot be written", e);
        }
    }

    /**
     * The tables that are asked for, in order of their names.
     *
     * @throws CaptureException {@code CDC-118} when a request cannot be read
     */
    public List<TableName> open() {
        TreeSet<TableName> open = new TreeSet<>();
        try {
            for (Path file : files()) {
                open.add(TableName.parse(Files.readString(file)));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unusable("cannot be read", e);
        }
        return List.copyOf(open);
    }

    /**
     * Forgets the request for that table.
     *
     * @throws CaptureException {@code CDC-118} when the request cannot be deleted
     */
    public void remove(TableName table) {
        try {
            Files.deleteIfExists(file(table));
        } catch (IOException e) {
            throw unusable("cannot be deleted", e);
        }
    }

    /** Forgets every request. */
    public void clear() {
        try {
            for (Path file : files()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw unusable("cannot be deleted", e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".table")).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /** A name of a table may be too long for the name of a file, and may hold any character. */
    private Path file(TableName table) {
        UUID name = UUID.nameUUIDFromBytes(table.toString().getBytes(StandardCharsets.UTF_8));
        return folder.resolve(name + ".table");
    }

    private CaptureException unusable(String why, Exception cause) {
        return new CaptureException(
                "CDC-118",
                "A request for a snapshot in the folder " + folder + " " + why
                        + ". Give the folder back to the user that runs sluice, then call 'sluice capture snapshot'"
                        + " again.",
                false,
                cause);
    }
}
