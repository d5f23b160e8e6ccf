package dev.sluice.masking.control;

import dev.sluice.masking.error.ProtectionErrors;
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
}
