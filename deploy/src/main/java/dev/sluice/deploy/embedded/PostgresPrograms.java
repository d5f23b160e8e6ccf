package dev.sluice.deploy.embedded;

import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeErrors;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the PostgreSQL programs that the zonky binary artifact carries as {@code postgres-linux-x86_64.txz}: once per
 * installation where its folder may be written, else once per home. A half unpacked folder is never seen under its
 * name.
 */
final class PostgresPrograms {

    private static final String RESOURCE = "/postgres-linux-x86_64.txz";
    private static final String COMPLETE = "complete";

    private PostgresPrograms() {}

    /** The folder with {@code bin}, {@code lib} and {@code share}. */
    static Path unpacked(Installation installation, Home home) {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64)")) {
            throw EmbeddedErrors.platform(system);
        }
        Path shared = installation.target().resolve("postgres");
        if (Files.exists(shared.resolve(COMPLETE))) {
            return shared;
        }
        Path folder = Files.isWritable(installation.target())
                ? shared
                : home.postgres().resolve("programs");
        if (!Files.exists(folder.resolve(COMPLETE))) {
            unpack(folder);
        }
        return folder;
    }

    private static void unpack(Path folder) {
        Path parent = folder.getParent();
        if (parent == null) {
            throw EmbeddedErrors.notInstalled(folder);
        }
        try {
            Path part = Files.createTempDirectory(parent, "postgres-unpacking-");
            extract(part);
            // A temporary folder is its maker's alone; the programs are no secret and may serve other users.
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createFile(part.resolve(COMPLETE));
            publish(part, folder);
        } catch (IOException e) {
            throw HomeErrors.folder(folder, e);
        }
    }

    /** Two processes may unpack at once; the first one wins and the other one's copy is removed. */
    private static void publish(Path part, Path folder) throws IOException {
        try {
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Home.removeTree(part);
            if (!Files.exists(folder.resolve(COMPLETE))) {
                throw e;
            }
        }
    }

    private static void extract(Path into) throws IOException {
        try (InputStream resource = PostgresPrograms.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException("no " + RESOURCE + " on the class path");
            }
            TarArchiveInputStream tar =
                    new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(resource), 1 << 16));
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                write(tar, entry, into);
                entry = tar.getNextEntry();
            }
        }
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, into.resolve(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make executable: " + entry.getName());
            }
        }
    }
}
