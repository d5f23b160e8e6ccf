package dev.sluice.cdc.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** Reads a secret from a file that only its owner can read. */
public final class SecretFile {

    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private SecretFile() {}

    /**
     * The first line of that file.
     *
     * @throws IllegalArgumentException when there is none, or others can read it
     */
    public static String firstLine(Path file) {
        requirePrivate(file);
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || lines.get(0).isBlank()) {
                throw new IllegalArgumentException(file + " is empty");
            }
            return lines.get(0).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
    }

    /**
     * Returns that file when it is there and only its owner can read it.
     *
     * @throws IllegalArgumentException otherwise
     */
    public static Path requirePrivate(Path file) {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IllegalArgumentException(file + " can be read by others; run: chmod 600 " + file);
            }
            return file;
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
    }
}
