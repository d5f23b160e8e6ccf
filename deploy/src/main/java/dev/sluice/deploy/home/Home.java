package dev.sluice.deploy.home;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the folder that holds all state of one pipeline on one machine. Everything below the folder is readable by its
 * owner only.
 *
 * @param root absolute, with symbolic links resolved
 */
public record Home(Path root) {

    /**
     * Opens the home at that path for a gateway; the home and its folders are made with mode 0700 where they are
     * missing.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-111} when a folder cannot be made, {@code DEP-122} when
     *     another version of the program wrote the home
     */
    public static Home open(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            makePrivate(absolute);
            Home home = new Home(absolute.toRealPath());
            HomeFormat.of(home).requireOrWrite();
            for (Path folder : home.folders()) {
                makePrivate(folder);
            }
            return home;
        } catch (IOException e) {
            throw HomeErrors.folder(absolute, e);
        }
    }

    /**
     * The home at that path for a question; nothing is made and nothing is written.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-401} when the folder is not a home, {@code DEP-122} when
     *     another version of the program wrote the home
     */
    public static Home existing(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute.resolve("keys"))) {
            throw HomeErrors.notAHome(absolute);
        }
        Home home = at(path);
        HomeFormat.of(home).require();
        return home;
    }

    /** The home at that path, whether there is one or not; nothing is made and nothing is checked. */
    public static Home at(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            return new Home(Files.exists(absolute) ? absolute.toRealPath() : absolute);
        } catch (IOException e) {
            throw HomeErrors.folder(absolute, e);
        }
    }

    /** State of the embedded database. */
    public Path postgres() {
        return root.resolve("postgres");
    }

    /** State of the embedded broker. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** State of the embedded schema registry. */
    public Path registry() {
        return root.resolve("registry");
    }

    /** The control database file. */
    public Path controlDb() {
        return root.resolve("control.db");
    }

    /** Key store, signing key and the generated passwords, each file with mode 0600. */
    public Path keys() {
        return root.resolve("keys");
    }

    /** Delta tables, as {@code lake/<output>/<table>}. */
    public Path lake() {
        return root.resolve("lake");
    }

    /** The tile log and its checkpoints. */
    public Path ledger() {
        return root.resolve("ledger");
    }

    /** Working state; what lies directly in this folder survives a restart. */
    public Path work() {
        return root.resolve("work");
    }

    /** Scratch, empty at every start and stop. */
    public Path scratch() {
        return work().resolve("scratch");
    }

    /** Log files, never with a data value. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The file that keeps the gateway's state for {@code sluice status}. */
    public Path state() {
        return root.resolve("state.json");
    }

    /** Empties {@link #scratch()}. The caller must hold the {@link HomeLock}. */
    void wipeScratch() {
        try {
            removeTree(scratch());
            makePrivate(scratch());
        } catch (IOException e) {
            throw HomeErrors.folder(scratch(), e);
        }
    }

    /** Removes a folder with all that is in it; symbolic links are removed, not followed. */
    public static void removeTree(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private List<Path> folders() {
        return List.of(postgres(), kafka(), registry(), keys(), lake(), ledger(), work(), scratch(), logs());
    }

    private static void makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
