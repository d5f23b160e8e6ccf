package dev.sluice.deploy.embedded;

import dev.sluice.deploy.home.HomeErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Holds a database role and its password. The password never appears in {@link #toString()}.
 *
 * @param user role name
 * @param password clear password
 * @param file file that holds the password, mode 0600, for tools that read it from there
 */
public record Credential(String user, String password, Path file) {

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int RANDOM_BYTES = 24;

    /** Reads the password from its file; makes file and password (192 random bits) when there is none. */
    static Credential remembered(String user, Path file) {
        try {
            if (!Files.exists(file)) {
                write(file, random());
            }
            return new Credential(user, Files.readString(file).trim(), file);
        } catch (IOException e) {
            throw HomeErrors.folder(file, e);
        }
    }

    private static void write(Path file, String password) throws IOException {
        // The name appears with its whole content or not at all.
        Path part = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(part);
        Files.createFile(part, PRIVATE);
        Files.writeString(part, password + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return user + ":****";
    }
}
