package dev.sluice.masking.control;

import dev.sluice.masking.error.ProtectionErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The control database: SQLite with write-ahead log, {@code synchronous=FULL} and foreign keys. What {@link #write} has
 * returned from survives a kill and a power cut. Deleted content is overwritten in place.
 *
 * <p>Safe for use by many threads, which take turns on one connection, and by several processes, which wait for each
 * other up to {@value #BUSY_MILLIS} milliseconds. Failures are {@code MSK-006} and never show a value.
 */
public final class ControlDatabase implements AutoCloseable {

    private static final int BUSY_MILLIS = 15_000;
    private static final String NATIVE_FOLDER = "org.sqlite.tmpdir";
    private static final long MIGRATIONS = 4;

    private final Path file;
    private final Connection connection;
    private final Jdbi jdbi;
    private final ReentrantLock turn = new ReentrantLock();

    private ControlDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.jdbi = Jdbi.create(connection);
        // The library would put bound values into its messages.
        jdbi.configure(
                StatementExceptions.class, c -> c.setMessageRendering(StatementExceptions.MessageRendering.NONE));
    }

    /**
     * Opens the database, makes it with mode 0600 if it is missing, and brings its tables up to date.
     *
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-001} when others may reach it, {@code MSK-006}
     *     when it does not open
     */
    public static ControlDatabase open(Path file) {
        keepNativeLibraryAt(file.toAbsolutePath().resolveSibling("work").resolve("native"));
        PrivateFiles.file(file);
        DataSource source = source(file);
        try {
            Flyway.configure(ControlDatabase.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:dev/sluice/masking/control")
                    .table("schema_history")
                    .load()
                    .migrate();
            return new ControlDatabase(file, source.getConnection());
        } catch (FlywayException | SQLException e) {
            throw ProtectionErrors.controlDatabase(file, "open", e);
        }
    }

    /**
     * Opens the database for questions: no file is made or changed, no table is brought up to date. A database that no
     * process has open is read as an unchanging file, because a read-only connection would leave files of the
     * write-ahead log beside it.
     *
     * @throws dev.sluice.masking.error.ProtectionException {@code MSK-006} when there is no such database, or when
     *     another version of the program wrote the database
     */
    public static ControlDatabase openReadOnly(Path file) {
        if (!Files.isReadable(file)) {
            throw ProtectionErrors.controlDatabase(file, "read", new NoSuchFileException(file.toString()));
        }
        keepNativeLibraryInTemporaryFolder(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        boolean open = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
        String uri = "file:" + file.toAbsolutePath().toUri().getRawPath();
        source.setUrl("jdbc:sqlite:" + uri + (open ? "?mode=ro" : "?immutable=1"));
        try {
            ControlDatabase database = new ControlDatabase(file, source.getConnection());
            database.requireCurrent();
            return database;
        } catch (SQLException e) {
            throw ProtectionErrors.controlDatabase(file, "read", e);
        }
    }

    /** Refuses a database that has other tables than this program knows. */
    private void requireCurrent() throws SQLException {
        long applied = read("read the version of the control database", handle -> handle.createQuery(
                        "SELECT count(*) FROM schema_history WHERE success = 1 AND version IS NOT NULL")
                .mapTo(Long.class)
                .one());
        if (applied != MIGRATIONS) {
            close();
            throw new SQLException("the database has " + applied + " migrations, this program knows " + MIGRATIONS);
        }
    }

    /** Reads. The function must not keep the handle. */
    public <T> T read(String attempted, Function<Handle, T> reader) {
        turn.lock();
        try {
            return jdbi.withHandle(reader::apply);
        } catch (JdbiException e) {
            throw ProtectionErrors.controlDatabase(file, attempted, e);
        } finally {
            turn.unlock();
        }
    }

    /** Writes in one transaction that holds the write lock from its start; durable on return. */
    public <T> T write(String attempted, Function<Handle, T> writer) {
        turn.lock();
        try {
            return jdbi.inTransaction(writer::apply);
        } catch (JdbiException e) {
            throw ProtectionErrors.controlDatabase(file, attempted, e);
        } finally {
            turn.unlock();
        }
    }

    /** Moves the write-ahead log into the database and empties it, so that destroyed content is in neither. */
    public void scrub() {
        read("empty the write-ahead log", handle -> handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public void close() {
        turn.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw ProtectionErrors.controlDatabase(file, "close", e);
        } finally {
            turn.unlock();
        }
    }

    private static DataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    /** The driver unpacks its native library when it is first used; not into a folder that everybody may write. */
    private static synchronized void keepNativeLibraryAt(Path folder) {
        if (System.getProperty(NATIVE_FOLDER) == null) {
            PrivateFiles.folder(folder);
            System.setProperty(NATIVE_FOLDER, folder.toString());
        }
    }

    /** A question unpacks nothing into the home: the native library goes to a private folder that ends with the JVM. */
    private static synchronized void keepNativeLibraryInTemporaryFolder(Path file) {
        Path unpacked = file.toAbsolutePath().resolveSibling("work").resolve("native");
        if (System.getProperty(NATIVE_FOLDER) == null) {
            try {
                Path folder = Files.createTempDirectory("sluice-native");
                folder.toFile().deleteOnExit();
                System.setProperty(NATIVE_FOLDER, folder.toString());
            } catch (IOException e) {
                throw ProtectionErrors.controlDatabase(unpacked, "unpack the driver of", e);
            }
        }
    }
}
