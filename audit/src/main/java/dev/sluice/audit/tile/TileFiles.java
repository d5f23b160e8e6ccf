package dev.sluice.audit.tile;

import dev.sluice.audit.LedgerErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads and writes the files of a log. A write returns when the bytes are on disk: it forces the bytes, renames the
 * file into place, and forces the folder. A file is therefore whole or absent, also after a power cut. Every failure is
 * a {@link dev.sluice.audit.LedgerException} with code AUD-001. Immutable, safe for use by many threads.
 */
final class TileFiles {
    private static final String TEMPORARY = ".tmp";

    private final Path root;

    TileFiles(Path root) {
        this.root = root;
    }

    /** Returns the folder of the log. */
    Path root() {
        return root;
    }

    /** Returns the bytes of a file below the folder of the log; empty when the file does not exist. */
    Optional<byte[]> read(String path) {
        return readFile(root.resolve(path));
    }

    /** Returns the bytes of any file; empty when the file does not exist. */
    static Optional<byte[]> readFile(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failed) {
            throw LedgerErrors.storage(file, failed);
        }
    }

    /** Writes files below the folder of the log, each whole, and returns when all of them survive a power cut. */
    void write(Map<String, byte[]> files) {
        Set<Path> folders = new LinkedHashSet<>();
        files.forEach((path, bytes) -> {
            Path file = root.resolve(path);
            createFolders(file);
            place(file, bytes);
            folders.add(parent(file));
        });
        folders.forEach(TileFiles::force);
    }

    /** Writes one file at any path; the file survives a power cut when the method returns. */
    static void writeFile(Path file, byte[] bytes) {
        moveInto(file.resolveSibling(file.getFileName() + TEMPORARY), file, bytes);
    }

    /**
     * Lists the paths of all files below {@code tile}, sorted, with {@code /} between the parts. A file that a writer
     * removes during the listing may be missing from it.
     */
    NavigableSet<String> list() {
        NavigableSet<String> names = new TreeSet<>();
        Path tiles = root.resolve("tile");
        try {
            Files.walkFileTree(tiles, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    names.add(root.relativize(file)
                            .toString()
                            .replace(file.getFileSystem().getSeparator(), "/"));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                    if (failed instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failed;
                }
            });
        } catch (IOException failed) {
            throw LedgerErrors.storage(tiles, failed);
        }
        return names;
    }

    /** Deletes a file without forcing the folder: the next start deletes a file that comes back. */
    void delete(String path) {
        remove(root.resolve(path));
    }

    /** Deletes the partial copies of a full tile without forcing the folder, because a left-over copy is harmless. */
    void deletePartials(TilePath full) {
        Path folder = root.resolve(full.path() + ".p");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> children = Files.list(folder)) {
            children.forEach(TileFiles::remove);
        } catch (IOException failed) {
            throw LedgerErrors.storage(folder, failed);
        }
        remove(folder);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw LedgerErrors.storage(file, failed);
        }
    }

    /** Whether the path is that of a file which a write has not renamed yet. */
    static boolean isTemporary(String path) {
        return path.endsWith(TEMPORARY);
    }

    private static void place(Path file, byte[] bytes) {
        rename(file.resolveSibling(file.getFileName() + TEMPORARY), file, bytes);
    }

    /** Writes bytes into a temporary file, which may exist already, renames it, and forces the folder. */
    static void moveInto(Path temporary, Path file, byte[] bytes) {
        rename(temporary, file, bytes);
        force(parent(file));
    }

    private static void rename(Path temporary, Path file, byte[] bytes) {
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw LedgerErrors.storage(file, failed);
        }
    }

    private static void createFolders(Path file) {
        Path folder = parent(file);
        if (Files.isDirectory(folder)) {
            return;
        }
        createFolders(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw LedgerErrors.storage(folder, failed);
        }
        force(parent(folder));
    }

    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException failed) {
            throw LedgerErrors.storage(folder, failed);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }
}
