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
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Reads and writes the control database: SQLite with write-ahead log, {@code synchronous=FULL} and foreign keys.
 * Deleted content is overwritten in place. Threads take turns on one connection; a process waits up to 15 seconds for
 * another process.
 */
final class WritableControl extends ControlDatabase {

    private final Path file;
    private final Connection connection;
    private final Jdbi jdbi;
    private final ReentrantLock turn = new ReentrantLock();

    private WritableControl(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.jdbi = jdbi(connection);
    }

    /** Brings the tables of an existing file up to date and opens the file. */
    static WritableControl migrated(Path file) {
        DataSource source = source(file);
        try {
            Flyway.configure(ControlDatabase.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:dev/sluice/masking/control")
                    .table(SCHEMA_HISTORY)
                    .load()
                    .migrate();
            return new WritableControl(file, source.getConnection());
        } catch (FlywayException | SQLException e) {
            throw ProtectionErrors.controlDatabase(file, "open", e);
        }
    }

    @Override
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

    @Override
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

    @Override
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
        source.setUrl(url(file));
        return source;
    }
}
