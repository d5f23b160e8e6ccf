package dev.sluice.masking.control;

import dev.sluice.masking.error.ProtectionErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Makes and checks files (mode 0600) and folders (mode 0700) that only this user may reach. Every method throws a
 * {@link dev.sluice.masking.error.ProtectionException}: {@code MSK-001} when the mode is wider, {@code MSK-002} when
 * the path cannot be made, read or written.
 */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /** Makes the folder with mode 0700 if it is missing, else checks its mode. */
    public static void folder(Path folder) {
        try {
            if (Files.notExists(folder)) {
                createFolder(folder);
            }
            check(folder, FOLDER, "700");
        } catch (IOException | UnsupportedOperationException e) {
            throw ProtectionErrors.inaccessible(folder, "use the folder", e);
        }
    }

    /** Makes or checks the folder that holds the file, as {@link #folder} does. */
    public static void folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            folder(folder);
        }
    }

    /** Makes an empty file with mode 0600 if it is missing, else checks its mode. */
    public static void file(Path file) {
        try {
            if (Files.notExists(file)) {
                createEmpty(file);
            }
            check(file, FILE, "600");
        } catch (IOException | UnsupportedOperationException e) {
            throw ProtectionErrors.inaccessible(file, "use the file", e);
        }
    }

    /** Checks the mode of a file that exists. */
    public static void check(Path file) {
        try {
            check(file, FILE, "600");
        } catch (IOException | UnsupportedOperationException e) {
            throw ProtectionErrors.inaccessible(file, "read", e);
        }
    }

    /** The bytes of a file of mode 0600. */
    public static byte[] read(Path file) {
        try {
            check(file, FILE, "600");
            return Files.readAllBytes(file);
        } catch (IOException | UnsupportedOperationException e) {
            throw ProtectionErrors.inaccessible(file, "read", e);
        }
    }

    /**
     * Writes a new file of mode 0600, durably and whole: after a crash the file is there with all its bytes or not at
     * all. Keeps a file of that name that exists already, for example because another process was faster, and checks
     * its mode.
     */
    public static void writeNew(Path file, byte[] bytes) {
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.createFile(temporary, attribute(FILE));
            try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            linkUnlessThere(file, temporary);
            Files.delete(temporary);
            syncFolderOf(file);
        } catch (IOException | UnsupportedOperationException e) {
            throw ProtectionErrors.inaccessible(file, "write", e);
        }
    }

    private static void linkUnlessThere(Path file, Path temporary) throws IOException {
        try {
            // A hard link is atomic and never replaces, which a rename would.
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException faster) {
            check(file, FILE, "600");
        }
    }

    private static void createFolder(Path folder) throws IOException {
        try {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(folder, attribute(FOLDER));
        } catch (FileAlreadyExistsException faster) {
            check(folder, FOLDER, "700");
        }
    }

    private static void createEmpty(Path file) throws IOException {
        try {
            Files.createFile(file, attribute(FILE));
        } catch (FileAlreadyExistsException faster) {
            check(file, FILE, "600");
        }
    }

    private static void check(Path path, Set<PosixFilePermission> allowed, String octal) throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        EnumSet<PosixFilePermission> wider = EnumSet.noneOf(PosixFilePermission.class);
        wider.addAll(found);
        wider.removeAll(allowed);
        if (!wider.isEmpty()) {
            throw ProtectionErrors.tooOpen(path, PosixFilePermissions.toString(found), octal);
        }
    }

    private static void syncFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel handle = FileChannel.open(folder, StandardOpenOption.READ)) {
                handle.force(true);
            }
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> attribute(Set<PosixFilePermission> mode) {
        return PosixFilePermissions.asFileAttribute(mode);
    }
}
