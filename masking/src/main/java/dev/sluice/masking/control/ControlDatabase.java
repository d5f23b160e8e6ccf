package dev.sluice.masking.control;

import dev.sluice.masking.error.ProtectionErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * Keeps in one SQLite file what the gateway must remember across restarts. Opened by {@link #open} for reading and
 * writing, by {@link #openReadOnly} for questions.
 *
 * <p>Safe for use by many threads and by several processes. A statement that fails is a
 * {@link dev.sluice.masking.error.ProtectionException} {@code MSK-006}. No message shows a value.
 */
public abstract sealed class ControlDatabase implements AutoCloseable permits WritableControl, ReadOnlyControl {

    /** Version of the tables: the highest number of the migrations that are packaged with this class. */
    static final int SCHEMA_VERSION = 4;

    /** Name of the table in which the migrations are recorded. */
    static final String SCHEMA_HISTORY = "schema_history";

    /** Longest time for which one process waits for another, milliseconds. */
    static final int BUSY_MILLIS = 15_000;

    private static final String NATIVE_FOLDER = "org.sqlite.tmpdir";

    /**
     * Opens the database for reading and writing. Makes the file with mode 0600 if the file is missing, and brings the
     * tables up to date. What {@link #write} has returned from survives a kill and a power cut.
     *
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-001} when others may reach the file,
     *     {@code MSK-002} when the file cannot be made, {@code MSK-006} when the file does not open
     */
    public static ControlDatabase open(Path file) {
        useNativeFolder(() -> {
            Path folder = file.toAbsolutePath().resolveSibling("work").resolve("native");
            PrivateFiles.folder(folder);
            return folder;
        });
        PrivateFiles.file(file);
        return WritableControl.migrated(file);
    }

    /**
     * Opens the database for questions. Nothing is made, migrated or written in the folder of the file, whether another
     * process writes the database or not. Every {@link #read} sees what was committed before its start. Not for a
     * process that has the same file open for writing.
     *
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-001} when others may reach the file,
     *     {@code MSK-002} when its mode cannot be read, {@code MSK-006} when the file is no database, {@code MSK-015}
     *     when the file is missing, {@code MSK-016} when another version of the program made the tables,
     *     {@code MSK-017} when reading without writing is not possible now
     */
    public static ControlDatabase openReadOnly(Path file) {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw ProtectionErrors.controlDatabaseMissing(file);
        }
        PrivateFiles.check(file);
        useNativeFolder(ControlDatabase::privateTemporaryFolder);
        ReadOnlyControl database = new ReadOnlyControl(file);
        int found = database.schemaVersion();
        if (found != SCHEMA_VERSION) {
            throw ProtectionErrors.controlSchema(file, found, SCHEMA_VERSION);
        }
        return database;
    }

    /** Reads. The function must not keep the handle and must have no effect besides its result. */
    public abstract <T> T read(String attempted, Function<Handle, T> reader);

    /**
     * Writes in one transaction that holds the write lock from its start; durable on return.
     *
     * @throws IllegalStateException when the database is open for questions only
     */
    public abstract <T> T write(String attempted, Function<Handle, T> writer);

    /**
     * Moves the write-ahead log into the database and empties the log, so that destroyed content is in neither.
     *
     * @throws IllegalStateException when the database is open for questions only
     */
    public abstract void scrub();

    @Override
    public abstract void close();

    /** Gives access to a connection. The library's messages are made without the bound values. */
    static Jdbi jdbi(Connection connection) {
        Jdbi jdbi = Jdbi.create(connection);
        jdbi.configure(
                StatementExceptions.class, c -> c.setMessageRendering(StatementExceptions.MessageRendering.NONE));
        return jdbi;
    }

    /** The address of the file for the driver; as a URI, so that a path may hold any character. */
    static String url(Path file) {
        return "jdbc:sqlite:file://" + file.toUri().getRawPath();
    }

    /** A folder of mode 0700 that goes when the process ends. */
    private static Path privateTemporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("sluice-sqlite-");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            Path parent = Path.of(System.getProperty("java.io.tmpdir"));
            throw ProtectionErrors.inaccessible(parent, "make a folder in", e);
        }
    }

    /** The driver unpacks its native library when first used; others must not be able to write into the folder. */
    private static synchronized void useNativeFolder(Supplier<Path> folder) {
        if (System.getProperty(NATIVE_FOLDER) == null) {
            System.setProperty(NATIVE_FOLDER, folder.get().toString());
        }
    }
}
